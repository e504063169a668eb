package org.mobilenet4j.benchmarks.peers;

import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.formats.TfliteBuilder;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Padding;

/// Writes a folded MobileNet as a float TFLite file with the operators that TF-Slim's published ones
/// have: activations inside the convolutions, average pooling over the whole map.
final class TfliteNetworkWriter {
    private final TfliteBuilder builder = new TfliteBuilder();
    private final Weights weights;

    private TfliteNetworkWriter(Weights weights) {
        this.weights = weights;
    }

    /// The bytes of a `.tflite` file for one image.
    static byte[] write(Network network, Weights weights) {
        var writer = new TfliteNetworkWriter(weights);
        int input = writer.map("input", network.input());
        int last = input;
        var nodes = network.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            boolean clamps = i + 1 < nodes.size() && nodes.get(i + 1).layer() instanceof Activation;
            last = writer.add(nodes.get(i), last, clamps ? activation(nodes.get(i + 1)) : ActivationFunctionType.NONE);
            i += clamps ? 1 : 0;
        }
        return writer.builder.build(input, last);
    }

    private static int activation(Node node) {
        return switch (((Activation) node.layer()).function()) {
            case RELU -> ActivationFunctionType.RELU;
            case RELU6 -> ActivationFunctionType.RELU6;
        };
    }

    private int add(Node node, int input, int activation) {
        return switch (node.layer()) {
            case Conv conv ->
                builder.conv(
                        input,
                        outputsFirst(node, "kernel"),
                        constant(node, "bias"),
                        map(node.name(), node.output()),
                        Padding.SAME,
                        conv.window().stride(),
                        conv.window().stride(),
                        activation);
            case DepthwiseConv conv ->
                builder.depthwise(
                        input,
                        depthwise(node),
                        constant(node, "bias"),
                        map(node.name(), node.output()),
                        Padding.SAME,
                        conv.window().stride(),
                        activation);
            case GlobalAveragePool _ ->
                builder.pool(
                        BuiltinOperator.AVERAGE_POOL_2D,
                        input,
                        map(node.name(), node.output()),
                        Padding.VALID,
                        1,
                        node.input().height(),
                        node.input().width());
            case Dense dense ->
                builder.dense(
                        input,
                        outputsFirst(node, "kernel"),
                        constant(node, "bias"),
                        builder.map(node.name(), 1, dense.units()),
                        activation);
            case Softmax _ ->
                builder.softmax(input, builder.map(node.name(), 1, node.output().channels()), 1);
            default -> throw new IllegalArgumentException(node.name() + " is no layer of a folded MobileNet");
        };
    }

    private int map(String name, Shape shape) {
        return builder.map(name, 1, shape.height(), shape.width(), shape.channels());
    }

    private Tensor weight(Node node, String parameter) {
        return weights.get(node.name() + "/" + parameter);
    }

    private int constant(Node node, String parameter) {
        var tensor = weight(node, parameter);
        return floats(node, parameter, tensor.toArray(), dims(tensor));
    }

    /// `H x W x C x 1` is `1 x H x W x C` in memory.
    private int depthwise(Node node) {
        var tensor = weight(node, "depthwise_kernel");
        var dims = dims(tensor);
        return floats(node, "depthwise_kernel", tensor.toArray(), 1, dims[0], dims[1], dims[2]);
    }

    /// `H x W x I x O`, or `I x O`, with the outputs in front.
    private int outputsFirst(Node node, String parameter) {
        var tensor = weight(node, parameter);
        var dims = dims(tensor);
        int outputs = dims[dims.length - 1];
        int inputs = tensor.size() / outputs;
        var values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i % inputs * outputs + i / inputs);
        }
        System.arraycopy(dims, 0, dims, 1, dims.length - 1);
        dims[0] = outputs;
        return floats(node, parameter, values, dims);
    }

    private int floats(Node node, String parameter, float[] values, int... dims) {
        return builder.floats(node.name() + "/" + parameter, values, dims);
    }

    private static int[] dims(Tensor tensor) {
        return tensor.dims().stream().mapToInt(Integer::intValue).toArray();
    }
}
