package org.mobilenet4j.formats.onnx.write;

import static org.mobilenet4j.formats.onnx.OnnxProtos.number;
import static org.mobilenet4j.formats.onnx.OnnxProtos.numbers;
import static org.mobilenet4j.formats.onnx.OnnxProtos.real;
import static org.mobilenet4j.formats.onnx.OnnxProtos.word;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Writes a network's layers as ONNX operators: one with the layer's name for each layer and, where ONNX needs other
/// axes, more around it, named `layer/…`.
final class OnnxLayerWriter {
    private final OnnxValues values;
    private final Weights weights;
    private final ElementType type;
    private final @Nullable OnnxQuantizedLayerWriter stored;

    /// @param type how float kernels are stored
    /// @param stored writes quantized values, for a quantized network
    OnnxLayerWriter(OnnxValues values, Weights weights, ElementType type, @Nullable OnnxQuantizedLayerWriter stored) {
        this.values = values;
        this.weights = weights;
        this.type = type;
        this.stored = stored;
    }

    void add(Node node) {
        var name = node.name();
        int from = node.inputs().getFirst();
        switch (node.layer()) {
            case Conv conv -> slide(node, conv.window(), "kernel", conv.groups(), conv.bias());
            case DepthwiseConv conv ->
                slide(node, conv.window(), "depthwise_kernel", node.input().channels(), conv.bias());
            case BatchNorm norm ->
                like(
                        node,
                        "BatchNormalization",
                        List.of(
                                vector(node, "gamma"),
                                vector(node, "beta"),
                                vector(node, "moving_mean"),
                                vector(node, "moving_variance")),
                        real("epsilon", norm.epsilon()));
            case Activation activation -> {
                switch (activation.function()) {
                    case RELU -> like(node, "Relu", List.of());
                    case RELU6 -> like(node, "Clip", List.of(scalar(name + "/min", 0), scalar(name + "/max", 6)));
                }
            }
            case Pool pool -> {
                var attributes = window(pool.window(), node.input());
                attributes.add(numbers(
                        "kernel_shape", pool.window().height(), pool.window().width()));
                map(node, pool.kind() == Pool.Kind.MAX ? "MaxPool" : "AveragePool", List.of(), attributes);
            }
            case GlobalAveragePool _
            when stored != null && stored.isVector(node) ->
                values.putVector(
                        node,
                        values.node(
                                "ReduceMean",
                                name,
                                List.of(values.map(from)),
                                numbers("axes", 2, 3),
                                number("keepdims", 0)));
            case GlobalAveragePool _ -> map(node, "GlobalAveragePool", List.of(), List.of());
            case Dense dense -> dense(node, dense);
            case Flatten _ -> flatten(node);
            case Dropout _, Requantize _ -> values.alias(node, from);
            case Softmax _ -> like(node, "Softmax", List.of(), number("axis", 1));
            case Sigmoid _ -> like(node, "Sigmoid", List.of());
            case Nonlinearity layer -> bend(node, layer);
            case Prelu _ -> like(node, "PRelu", List.of(slopes(node)));
            case LocalResponseNorm norm ->
                map(
                        node,
                        "LRN",
                        List.of(),
                        List.of(
                                number("size", norm.size()),
                                real("alpha", norm.alpha()),
                                real("beta", norm.beta()),
                                real("bias", norm.k())));
            case ChannelShuffle shuffle -> shuffle(node, shuffle);
            case ZeroPad pad -> {
                var p = pad.padding();
                var pads = values.constant(
                        OnnxProtos.wholes(name + "/pads", 0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right()));
                map(node, "Pad", List.of(pads), List.of());
            }
            case BilinearResize resize -> {
                var mode = resize.coordinates().name().toLowerCase(Locale.ROOT);
                map(
                        node,
                        "Resize",
                        List.of("", "", sizes(node, resize)),
                        List.of(word("mode", "linear"), word("coordinate_transformation_mode", mode)));
            }
            case Parallel parallel -> join(node, parallel);
            case Sequence _ -> throw new BadValueException("a sequence is not an operation");
        }
    }

    private void bend(Node node, Nonlinearity layer) {
        var alpha = real("alpha", layer.alpha());
        switch (layer.function()) {
            case LEAKY_RELU -> like(node, "LeakyRelu", List.of(), alpha);
            case ELU -> like(node, "Elu", List.of(), alpha);
            case HARD_SIGMOID -> like(node, "HardSigmoid", List.of(), alpha, real("beta", 0.5));
            case HARD_SWISH -> like(node, "HardSwish", List.of());
            case TANH -> like(node, "Tanh", List.of());
            case GELU -> like(node, "Gelu", List.of());
            case GELU_TANH -> like(node, "Gelu", List.of(), word("approximate", "tanh"));
            case SILU -> {
                int from = node.inputs().getFirst();
                boolean isVector = values.isVector(from);
                var input = isVector ? values.vector(from) : values.map(from);
                var gate = values.node("Sigmoid", node.name() + "/gate", List.of(input));
                var product = values.node("Mul", node.name(), List.of(input, gate));
                if (isVector) {
                    values.putVector(node, product);
                } else {
                    values.putMap(node, product);
                }
            }
        }
    }

    private void slide(Node node, Window window, String parameter, int groups, boolean bias) {
        var inputs = new ArrayList<String>();
        var kernel = weights.get(node.name() + "/" + parameter);
        int filters = node.output().channels();
        inputs.add(kernel(
                node.name() + "/" + parameter,
                kernel,
                outputsFirst(kernel, filters, window.taps()),
                List.of(filters, kernel.size() / filters / window.taps(), window.height(), window.width()),
                0));
        if (bias) {
            inputs.add(bias(node, kernel));
        }
        var attributes = window(window, node.input());
        attributes.add(numbers("dilations", window.dilation(), window.dilation()));
        attributes.add(number("group", groups));
        map(node, "Conv", inputs, attributes);
    }

    private static List<AttributeProto> window(Window window, Shape input) {
        return new ArrayList<>(List.of(
                numbers("strides", window.strideRows(), window.strideColumns()),
                numbers("pads", window.top(input), window.left(input), window.bottom(input), window.right(input))));
    }

    /// The index in `taps x I x O` of each value of `O x I x taps`. A depthwise kernel is `taps x 1 x (C * m)`.
    private static int[] outputsFirst(Tensor kernel, int outputs, int taps) {
        var order = new int[kernel.size()];
        int inputs = order.length / outputs / taps;
        for (int tap = 0; tap < taps; tap++) {
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    order[(o * inputs + i) * taps + tap] = (tap * inputs + i) * outputs + o;
                }
            }
        }
        return order;
    }

    private void dense(Node node, Dense dense) {
        var kernel = weights.get(node.name() + "/kernel");
        var inputs = new ArrayList<String>();
        inputs.add(values.vector(node.inputs().getFirst()));
        inputs.add(kernel(
                node.name() + "/kernel",
                kernel,
                IntStream.range(0, kernel.size()).toArray(),
                kernel.dims(),
                1));
        if (dense.bias()) {
            inputs.add(bias(node, kernel));
        }
        values.putVector(node, values.node("Gemm", node.name(), inputs));
    }

    /// Transposes to rows, columns, channels: the order of our vectors, unlike N x C x H x W.
    private void flatten(Node node) {
        int from = node.inputs().getFirst();
        if (node.input().pixels() == 1) {
            values.alias(node, from);
            return;
        }
        var turned = values.transpose(node.name() + "/nhwc", values.map(from), 0, 2, 3, 1);
        values.putVector(node, values.node("Flatten", node.name(), List.of(turned), number("axis", 1)));
    }

    private void shuffle(Node node, ChannelShuffle shuffle) {
        var name = node.name();
        var shape = node.input();
        int members = shape.channels() / shuffle.groups();
        var groups = values.reshape(
                name + "/groups",
                values.map(node.inputs().getFirst()),
                0,
                shuffle.groups(),
                members,
                shape.height(),
                shape.width());
        var spread = values.transpose(name + "/spread", groups, 0, 2, 1, 3, 4);
        values.putMap(node, values.reshape(name, spread, 0, shape.channels(), shape.height(), shape.width()));
    }

    /// The sizes of the output of `node`, with the same batch size and channels as its input.
    private String sizes(Node node, BilinearResize resize) {
        var name = node.name();
        var shape = values.node(
                "Shape", name + "/shape", List.of(values.map(node.inputs().getFirst())));
        var start = values.constant(OnnxProtos.wholes(name + "/start", 0));
        var end = values.constant(OnnxProtos.wholes(name + "/end", 2));
        var kept = values.node("Slice", name + "/kept", List.of(shape, start, end));
        var size = values.constant(OnnxProtos.wholes(name + "/size", resize.height(), resize.width()));
        return values.node("Concat", name + "/sizes", List.of(kept, size), number("axis", 0));
    }

    private void join(Node node, Parallel parallel) {
        boolean vectors = node.inputs().stream().allMatch(values::isVector);
        var inputs = node.inputs().stream()
                .map(id -> vectors ? values.vector(id) : values.map(id))
                .toList();
        var joined = switch (parallel.join()) {
            case ADD -> values.node("Sum", node.name(), inputs);
            case MULTIPLY -> multiply(node, inputs);
            case CONCATENATE -> values.node("Concat", node.name(), inputs, number("axis", 1));
        };
        if (vectors) {
            values.putVector(node, joined);
        } else {
            values.putMap(node, joined);
        }
    }

    /// ONNX adds any number of feature maps, but multiplies two at a time.
    private String multiply(Node node, List<String> inputs) {
        var product = inputs.getFirst();
        for (int i = 1; i < inputs.size(); i++) {
            boolean isLast = i == inputs.size() - 1;
            var name = isLast ? node.name() : node.name() + "/product" + i;
            product = values.node("Mul", name, List.of(product, inputs.get(i)));
        }
        return product;
    }

    /// An operator that takes feature maps.
    private void map(Node node, String operator, List<String> constants, List<AttributeProto> attributes) {
        var inputs = new ArrayList<>(List.of(values.map(node.inputs().getFirst())));
        inputs.addAll(constants);
        values.putMap(node, values.node(operator, node.name(), inputs, attributes.toArray(AttributeProto[]::new)));
    }

    /// An operator that takes feature maps or vectors.
    private void like(Node node, String operator, List<String> constants, AttributeProto... attributes) {
        int from = node.inputs().getFirst();
        if (!values.isVector(from)) {
            map(node, operator, constants, List.of(attributes));
            return;
        }
        var inputs = new ArrayList<>(List.of(values.vector(from)));
        inputs.addAll(constants);
        values.putVector(node, values.node(operator, node.name(), inputs, attributes));
    }

    private String vector(Node node, String parameter) {
        var name = node.name() + "/" + parameter;
        var tensor = weights.get(name);
        return values.constant(OnnxProtos.floats(name, tensor.toArray(), tensor.dims()));
    }

    /// In front of the rows and columns of a map.
    private String slopes(Node node) {
        var name = node.name() + "/alpha";
        var tensor = weights.get(name);
        boolean isVector = values.isVector(node.inputs().getFirst());
        var dims = isVector ? tensor.dims() : List.of(tensor.size(), 1, 1);
        return values.constant(OnnxProtos.floats(name, tensor.toArray(), dims));
    }

    private String scalar(String name, float value) {
        return values.constant(OnnxProtos.floats(name, new float[] {value}, List.of()));
    }

    private String bias(Node node, Tensor kernel) {
        return stored == null ? vector(node, "bias") : stored.bias(node, weights.get(node.name() + "/bias"), kernel);
    }

    /// An operator casts float16 kernels to float32, in which everything is computed.
    ///
    /// @param order the index in `kernel` of each value that is written
    /// @param channelAxis which of `dims` is the output channels
    private String kernel(String name, Tensor kernel, int[] order, List<Integer> dims, int channelAxis) {
        if (stored != null) {
            return stored.kernel(name, kernel, order, dims, channelAxis);
        }
        var from = kernel.toArray();
        var ordered = new float[from.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = from[order[i]];
        }
        if (type != ElementType.FLOAT16) {
            return values.constant(OnnxProtos.floats(name, ordered, dims));
        }
        var halves = values.constant(OnnxProtos.halves(name + "/half", ordered, dims));
        return values.node("Cast", name, List.of(halves), number("to", 1));
    }
}
