package org.mobilenet4j.formats;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Writes a network and its weights as an ONNX model, so that an engine of others can run the very same network.
///
/// The model takes `input`, `N x H x W x C`, and makes `output`, `N x (H*W*C)`, as a session of ours does. In between
/// it is NCHW, as ONNX's operators are. Nothing is folded or fused: an operator for each layer.
public final class OnnxNetworkWriter {
    private static final int OPERATOR_SET = 19;
    private static final int IR_VERSION = 9;

    private final Network network;
    private final Weights weights;
    private final GraphProto.Builder graph = GraphProto.newBuilder();

    private OnnxNetworkWriter(Network network, Weights weights) {
        this.network = network;
        this.weights = weights;
    }

    /// The bytes of an `.onnx` file.
    public static byte[] write(Network network, Weights weights) {
        var writer = new OnnxNetworkWriter(network, weights);
        var input = network.input();
        writer.graph.addInput(declare("input", input.height(), input.width(), input.channels()));
        writer.node("Transpose", value(Node.INPUT), List.of("input"), ints("perm", 0, 3, 1, 2));
        return writer.write();
    }

    /// The same for images that are `N x C x H x W` already.
    public static byte[] writeChannelsFirst(Network network, Weights weights) {
        var writer = new OnnxNetworkWriter(network, weights);
        var input = network.input();
        writer.graph.addInput(declare("input", input.channels(), input.height(), input.width()));
        writer.node("Identity", value(Node.INPUT), List.of("input"));
        return writer.write();
    }

    private byte[] write() {
        graph.setName(network.name())
                .addOutput(declare("output", network.output().elements()));
        network.nodes().forEach(this::add);
        var last = network.nodes().isEmpty()
                ? Node.INPUT
                : network.nodes().getLast().id();
        node("Transpose", "nhwc", List.of(value(last)), ints("perm", 0, 2, 3, 1));
        node("Flatten", "output", List.of("nhwc"), number("axis", 1));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("mobilenet4j")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private void add(Node node) {
        var from = value(node.inputs().getFirst());
        var to = value(node.id());
        switch (node.layer()) {
            case Conv conv ->
                slide(
                        node,
                        conv.window(),
                        "Conv",
                        outputsFirst(weight(node, "kernel")),
                        conv.bias(),
                        number("group", conv.groups()));
            case DepthwiseConv conv ->
                slide(
                        node,
                        conv.window(),
                        "Conv",
                        channelsFirst(weight(node, "depthwise_kernel")),
                        conv.bias(),
                        number("group", node.input().channels()));
            case BatchNorm norm ->
                node(
                        "BatchNormalization",
                        to,
                        List.of(
                                from,
                                constant(node, "gamma"),
                                constant(node, "beta"),
                                constant(node, "moving_mean"),
                                constant(node, "moving_variance")),
                        real("epsilon", norm.epsilon()));
            case Activation activation -> {
                switch (activation.function()) {
                    case RELU -> node("Relu", to, List.of(from));
                    case RELU6 -> node("Clip", to, List.of(from, scalar(to + "_least", 0), scalar(to + "_most", 6)));
                }
            }
            case Pool pool -> {
                var kernel = ints(
                        "kernel_shape", pool.window().height(), pool.window().width());
                var all = new ArrayList<>(window(pool.window(), node.input()));
                all.add(kernel);
                boolean max = pool.kind() == Pool.Kind.MAX;
                node(max ? "MaxPool" : "AveragePool", to, List.of(from), all.toArray(AttributeProto[]::new));
            }
            case GlobalAveragePool _ -> node("GlobalAveragePool", to, List.of(from));
            case Dense dense -> {
                node("Flatten", to + "_vector", List.of(from), number("axis", 1));
                var kernel = constant(node, "kernel");
                var inputs = dense.bias()
                        ? List.of(to + "_vector", kernel, constant(node, "bias"))
                        : List.of(to + "_vector", kernel);
                node("Gemm", to + "_product", inputs);
                reshape(to + "_product", to, 0, dense.units(), 1, 1);
            }
            case Flatten _ -> {
                // Rows, columns, channels: the order that the values have here, not in NCHW.
                node("Transpose", to + "_nhwc", List.of(from), ints("perm", 0, 2, 3, 1));
                reshape(to + "_nhwc", to, 0, node.output().channels(), 1, 1);
            }
            case Dropout _ -> node("Identity", to, List.of(from));
            case Softmax _ -> node("Softmax", to, List.of(from), number("axis", 1));
            case LocalResponseNorm norm ->
                node(
                        "LRN",
                        to,
                        List.of(from),
                        number("size", norm.size()),
                        real("alpha", norm.alpha()),
                        real("beta", norm.beta()),
                        real("bias", norm.k()));
            case ChannelShuffle shuffle -> {
                var shape = node.input();
                int each = shape.channels() / shuffle.groups();
                reshape(from, to + "_groups", 0, shuffle.groups(), each, shape.height(), shape.width());
                node("Transpose", to + "_spread", List.of(to + "_groups"), ints("perm", 0, 2, 1, 3, 4));
                reshape(to + "_spread", to, 0, shape.channels(), shape.height(), shape.width());
            }
            case ZeroPad pad -> {
                var p = pad.padding();
                var pads = constant(to + "_pads", 0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right());
                node("Pad", to, List.of(from, pads));
            }
            case Parallel parallel -> {
                var inputs =
                        node.inputs().stream().map(OnnxNetworkWriter::value).toList();
                switch (parallel.join()) {
                    case ADD -> node("Sum", to, inputs);
                    case CONCATENATE -> node("Concat", to, inputs, number("axis", 1));
                }
            }
            case Sequence _ -> throw new IllegalArgumentException("a sequence is no operation");
        }
    }

    private void slide(Node node, Window window, String operator, Tensor kernel, boolean bias, AttributeProto group) {
        var from = value(node.inputs().getFirst());
        var to = value(node.id());
        var name = floats(to + "_kernel", kernel);
        var all = new ArrayList<>(window(window, node.input()));
        all.add(group);
        var inputs = bias ? List.of(from, name, constant(node, "bias")) : List.of(from, name);
        node(operator, to, inputs, all.toArray(AttributeProto[]::new));
    }

    private static List<AttributeProto> window(Window window, Shape input) {
        return List.of(
                ints("strides", window.stride(), window.stride()),
                ints("dilations", window.dilation(), window.dilation()),
                ints("pads", window.top(input), window.left(input), window.bottom(input), window.right(input)));
    }

    private static String value(int id) {
        return "v" + id;
    }

    private Tensor weight(Node node, String parameter) {
        return weights.get(node.name() + "/" + parameter);
    }

    /// `H x W x I x O` to `O x I x H x W`.
    private static Tensor outputsFirst(Tensor kernel) {
        int h = kernel.dims().get(0);
        int w = kernel.dims().get(1);
        int in = kernel.dims().get(2);
        int out = kernel.dims().get(3);
        var values = new float[kernel.size()];
        for (int tap = 0; tap < h * w; tap++) {
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    values[(o * in + i) * h * w + tap] = kernel.get((tap * in + i) * out + o);
                }
            }
        }
        return Tensor.of(values, out, in, h, w);
    }

    /// `H x W x C x m` to `(C * m) x 1 x H x W`.
    private static Tensor channelsFirst(Tensor kernel) {
        int h = kernel.dims().get(0);
        int w = kernel.dims().get(1);
        int channels = kernel.dims().get(2) * kernel.dims().get(3);
        return outputsFirst(Tensor.of(kernel.toArray(), h, w, 1, channels));
    }

    private String constant(Node node, String parameter) {
        return floats(value(node.id()) + "_" + parameter, weight(node, parameter));
    }

    private String scalar(String name, float value) {
        return floats(name, Tensor.of(new float[] {value}));
    }

    private String floats(String name, Tensor tensor) {
        var bytes = ByteBuffer.allocate(tensor.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.toArray());
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(tensor.dims().stream().map(Integer::longValue).toList())
                .setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    private String constant(String name, int... values) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length)
                .addAllInt64Data(IntStream.of(values).asLongStream().boxed().toList()));
        return name;
    }

    /// A 0 keeps the size that is there: the batch.
    private void reshape(String from, String to, int... dims) {
        node("Reshape", to, List.of(from, constant(to + "_dims", dims)));
    }

    private void node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(Arrays.asList(attributes)));
    }

    private static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    private static AttributeProto ints(String name, int... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(IntStream.of(values).asLongStream().boxed().toList())
                .build();
    }

    private static ValueInfoProto declare(String name, int... dims) {
        var shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (int dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        var type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
