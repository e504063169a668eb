package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.AnchorsBeside;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.AssumedBoxes;
import org.mobilenet4j.formats.graph.GraphRewrites;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.formats.graph.InputScaling;
import org.mobilenet4j.formats.graph.OutputOperator;
import org.mobilenet4j.formats.graph.SeriesParallel;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Turns an ONNX graph into a [Network], its [Weights] and, if it is quantized, its [NetworkQuantization].
///
/// Anything unsupported throws [BadValueException] with a message that names the operator.
final class OnnxNetworkReader {
    /// Supported operators, as listed in messages.
    private static final String KNOWN =
            "Add, ArgMax, AveragePool, BatchNormalization, Cast, Clip, Concat, Constant, Conv,"
                    + " DequantizeLinear, Div, Dropout, Elu, Flatten, Gelu, Gemm, GlobalAveragePool, GlobalMaxPool, HardSigmoid,"
                    + " HardSwish, Identity, LRN, LeakyRelu, LogSoftmax, MatMul, Max, MaxPool, Min, Mul, Neg, PRelu, Pad,"
                    + " QuantizeLinear, ReduceMax, ReduceMean, Relu, Reshape, Resize (linear), Sigmoid, Softmax, Squeeze, Sub, Sum, Swish,"
                    + " Tanh, Transpose, Unsqueeze, and what computes constants of constants and shapes";

    private static final Set<String> QUANTIZED = Set.of("DynamicQuantizeLinear", "ConvInteger", "MatMulInteger");

    /// Operators for which the meaning of the axes does not matter.
    private static final Set<String> ELEMENTWISE = Set.of(
            "Identity",
            "Cast",
            "Relu",
            "Sigmoid",
            "LeakyRelu",
            "Elu",
            "HardSigmoid",
            "HardSwish",
            "Tanh",
            "Gelu",
            "Clip",
            "Dropout",
            "Pad",
            "Add",
            "Sub",
            "Mul",
            "Div",
            OnnxQuantization.QUANTIZE,
            OnnxQuantization.DEQUANTIZE);

    /// Height and width of an input whose size is not fixed in the file.
    private static final int OPEN_SIZE = 224;

    private static final int[] TO_CHANNELS_FIRST = {0, 3, 1, 2};

    private final OnnxFile file;
    private final OnnxGraph graph;
    private final OnnxSizes sizes;
    private final OnnxFolding folding;
    private final OnnxWeightedOperators linear;
    private final OnnxWeightlessOperators plain;
    private final OnnxCurves curves;
    private final OnnxReshapes reshapes;
    private final Network network;
    private final InputScaling scaling;
    private final Optional<OutputOperator> operator;
    private final boolean channelsLast;
    private final @Nullable OnnxDetector detector;
    private final @Nullable Heads heads;

    /// Reads all operators of `file`.
    ///
    /// @param name of the network, if this library did not write the file
    /// @throws IllegalArgumentException if an operator or a tensor cannot be read, naming it
    OnnxNetworkReader(OnnxFile file, String name) {
        this.file = file;
        this.graph = new OnnxGraph(file);
        this.sizes = new OnnxSizes(graph);
        this.folding = new OnnxFolding(graph, sizes);
        this.linear = new OnnxWeightedOperators(graph);
        this.plain = new OnnxWeightlessOperators(graph);
        this.curves = new OnnxCurves(graph);
        this.reshapes = new OnnxReshapes(graph, file.batch());
        var input = file.input();
        var dims = dims(input);
        this.channelsLast = dims.length == 4 && isChannelsLast(input.getName());
        var map = input(dims);
        graph.put(input.getName(), map);
        if (isWhole(input)) {
            graph.quantization().inputIsWhole(input.getName());
        }
        this.detector = OnnxDetector.find(file).orElse(null);
        for (int place = 0; place < file.graph().getNodeCount(); place++) {
            var node = file.graph().getNode(place);
            if (detector == null || !detector.takes(node)) {
                read(new OnnxNode(place, node));
            }
        }
        this.heads = detector == null ? null : detector.heads(graph);
        int output = heads == null ? output().id() : heads.append(graph.nodes(), graph::free);
        var rewrites = new GraphRewrites(graph.nodes(), output, graph.kernels()::put);
        this.scaling = rewrites.scaling();
        this.operator = rewrites.outputOperator();
        rewrites.input().ifPresent(graph.quantization()::inputIs);
        this.network = new Network(name, map.shape(), SeriesParallel.tree(rewrites.nodes(), output));
    }

    Network network() {
        return network;
    }

    /// The weights: a tensor for every parameter of the network.
    Weights weights() {
        return graph.kernels().weights(network);
    }

    /// The quantization of its feature maps; empty for a float network.
    Optional<NetworkQuantization> quantization() {
        return graph.quantization().quantization(network);
    }

    /// What the graph does to its pixels first, which the network no longer does.
    InputScaling scaling() {
        return scaling;
    }

    /// What the graph ends with, and the network does not.
    Optional<OutputOperator> outputOperator() {
        return operator;
    }

    /// How boxes come out of a detector that does not say it; empty if it is none.
    ///
    /// @param beside anchors from elsewhere
    /// @param notes that get what is assumed
    /// @throws IllegalArgumentException if there are no anchors
    Optional<BoxOutputs> boxes(Optional<Tensor> beside, Map<String, String> notes) {
        if (detector == null || heads == null) {
            return Optional.empty();
        }
        var own = detector.anchors(graph, heads.count());
        var where = own.isPresent() ? "from the file" : AnchorsBeside.NAME + " beside the file";
        return Optional.of(AssumedBoxes.of(heads, own.or(() -> beside), where, detector.meaning(graph), notes));
    }

    /// What `given` says, in the order of the network's output.
    BoxOutputs ordered(BoxOutputs given) {
        return heads == null
                ? given
                : new BoxOutputs(
                        heads.maps(),
                        heads.ordered(given.anchors()),
                        given.scales(),
                        given.classes(),
                        given.hasBackground(),
                        given.meaning(),
                        given.suppression());
    }

    /// Whether the size of its images is fixed in the file.
    boolean isSized() {
        var dims = file.input().getType().getTensorType().getShape().getDimList();
        return dims.stream().skip(1).allMatch(dim -> dim.getDimValue() > 0);
    }

    /// Whether its input is a photo's bytes as they are.
    boolean takesBytes() {
        return isWhole(file.input());
    }

    /// Whether the file's input is N x H x W x C, as in TensorFlow.
    boolean isChannelsLast() {
        return channelsLast;
    }

    private OnnxFeatureMap output() {
        if (file.graph().getOutputCount() != 1) {
            throw new BadValueException("has " + file.graph().getOutputCount()
                    + " outputs; only classifiers with one output are supported, and detectors with two, the encodings of"
                    + " their boxes (N x anchors x 4) and scores (N x anchors x classes)");
        }
        var name = file.graph().getOutput(0).getName();
        var output = graph.output(name);
        if (!output.isInOrder() && !output.isChannelsFirst()) {
            throw new BadValueException("has the output \"" + name + "\" of " + output
                    + " whose values are in another order; only feature maps and vectors are supported");
        }
        return output;
    }

    private OnnxFeatureMap input(int[] dims) {
        if (dims.length == 2) {
            return OnnxFeatureMap.vector(Node.INPUT, Shape.vector(dims[1]));
        }
        return channelsLast
                ? OnnxFeatureMap.channelsLast(Node.INPUT, new Shape(dims[1], dims[2], dims[3]))
                : OnnxFeatureMap.channelsFirst(Node.INPUT, new Shape(dims[2], dims[3], dims[1]));
    }

    private static boolean isWhole(ValueInfoProto input) {
        int type = input.getType().getTensorType().getElemType();
        return type == DataType.INT8_VALUE || type == DataType.UINT8_VALUE;
    }

    /// The input's sizes; the batch size is 0 if it is dynamic.
    private static int[] dims(ValueInfoProto input) {
        var type = input.getType().getTensorType();
        int count = type.getShape().getDimCount();
        if (type.getElemType() != DataType.FLOAT_VALUE
                && type.getElemType() != DataType.FLOAT16_VALUE
                && !isWhole(input)) {
            throw new BadValueException("takes the input \"" + input.getName() + "\" of type "
                    + DataType.forNumber(type.getElemType()) + "; only floats, INT8 and UINT8 are supported");
        }
        if (count != 2 && count != 4) {
            throw new BadValueException("takes the input \"" + input.getName() + "\" of " + count
                    + " dimensions; only images, N x C x H x W or N x H x W x C, are supported");
        }
        var dims = new int[count];
        for (int k = 1; k < count; k++) {
            var dim = type.getShape().getDim(k);
            if (dim.getDimValue() > Integer.MAX_VALUE) {
                throw new BadValueException("takes the input \"" + input.getName() + "\" of " + dim.getDimValue()
                        + " in dimension " + k + "; the limit is " + Integer.MAX_VALUE);
            }
            dims[k] = (int) Math.max(0, dim.getDimValue());
        }
        boolean isLast = count == 4 && dims[1] < 1 && dims[2] < 1 && dims[3] >= 1;
        for (int k = count == 2 ? count : isLast ? 1 : 2; k < (isLast ? 3 : count); k++) {
            dims[k] = dims[k] < 1 ? OPEN_SIZE : dims[k];
        }
        if (Arrays.stream(dims).skip(1).anyMatch(dim -> dim < 1)) {
            throw new BadValueException("has a dynamic number of channels in its input \"" + input.getName()
                    + "\"; export it for a fixed one");
        }
        return dims;
    }

    /// Follows the input to the first operator for which the layout matters: one that transposes it to N x C x H x W
    /// means that the input was N x H x W x C.
    private boolean isChannelsLast(String input) {
        var tensor = input;
        for (var node : file.graph().getNodeList()) {
            if (!node.getInputList().contains(tensor)) {
                continue;
            }
            if (!ELEMENTWISE.contains(node.getOpType()) || node.getOutputCount() == 0) {
                var operator = new OnnxNode(0, node);
                return node.getOpType().equals("Transpose")
                        && Arrays.equals(operator.wholes("perm", 4, 0), TO_CHANNELS_FIRST);
            }
            tensor = node.getOutput(0);
        }
        return false;
    }

    private void read(OnnxNode node) {
        if (graph.quantization().read(node) || folding.read(node)) {
            return;
        }
        switch (node.kind()) {
            case "Conv" -> linear.conv(node);
            case "Gemm" -> linear.gemm(node);
            case "MatMul" -> linear.matMul(node);
            case "BatchNormalization" -> linear.batchNorm(node);
            case "Relu" -> plain.relu(node);
            case "Clip" -> plain.clip(node);
            case "Dropout" -> plain.dropout(node);
            case "Softmax" -> plain.softmax(node);
            case "LogSoftmax" -> plain.softmax(node);
            case "ArgMax" -> plain.argMax(node);
            case "Sigmoid" -> plain.sigmoid(node);
            case "LeakyRelu" -> curves.nonlinearity(node, Curve.LEAKY_RELU, Curve.LEAKY_RELU.usualAlpha());
            case "PRelu" -> curves.prelu(node);
            case "Elu" -> curves.nonlinearity(node, Curve.ELU, Curve.ELU.usualAlpha());
            case "HardSigmoid" -> curves.hardSigmoid(node);
            case "HardSwish" -> curves.nonlinearity(node, Curve.HARD_SWISH, 0);
            case "Tanh" -> curves.nonlinearity(node, Curve.TANH, 0);
            case "Gelu" -> curves.gelu(node);
            case "Swish" -> curves.swish(node);
            case "LRN" -> plain.responseNorm(node);
            case "MaxPool", "AveragePool" -> plain.pool(node);
            case "GlobalAveragePool" -> plain.globalPool(node);
            case "GlobalMaxPool" -> plain.globalMaxPool(node);
            case "ReduceMean" -> plain.mean(node, sizes.need(node, 1, "axes"));
            case "ReduceMax" -> plain.most(node, sizes.need(node, 1, "axes"));
            case "Resize" -> new OnnxResize(graph, sizes).read(node);
            case "Pad" -> readPad(node);
            case "Sum" -> plain.join(node, Parallel.Join.ADD);
            case "Add", "Sub", "Mul", "Div", "Min", "Max" -> readArithmetic(node);
            case "Neg" -> plain.negate(node);
            case "Concat" -> plain.concat(node);
            case "Transpose" -> reshapes.transpose(node);
            case "Reshape" -> reshapes.reshape(node, sizes.need(node, 1, "shape"));
            case "Flatten" -> reshapes.flatten(node);
            case "Squeeze" -> reshapes.squeeze(node, sizes.get(node, 1, "axes"));
            case "Unsqueeze" -> reshapes.unsqueeze(node, sizes.get(node, 1, "axes"));
            case "Identity" -> graph.alias(node, node.input(0), node.output());
            case "Cast" -> readCast(node);
            case "Constant" -> sizes.readConstant(node);
            default -> throw unknown(node);
        }
    }

    private static BadValueException unknown(OnnxNode node) {
        return new BadValueException(
                QUANTIZED.contains(node.kind())
                        ? "is quantized with the operator " + node + ", whose scales are only known when it runs;"
                                + " quantize it with fixed ones (quantize_static)"
                        : "has the operator " + node + ", which is not supported; supported operators: " + KNOWN);
    }

    /// Arithmetic of two feature maps, or of one and a constant.
    private void readArithmetic(OnnxNode node) {
        var kind = Arithmetic.of(node.kind()).orElseThrow();
        int at = graph.isConstant(node.input(0)) ? 1 : 0;
        if (node.proto().getInputCount() == 2 && graph.isConstant(node.input(1 - at))) {
            if (kind != Arithmetic.ADD || !linear.isBias(node, at)) {
                plain.arithmetic(node, kind, at);
            }
            return;
        }
        switch (kind) {
            case ADD -> plain.join(node, Parallel.Join.ADD);
            case MUL -> plain.join(node, Parallel.Join.MULTIPLY);
            default -> throw node.odd("it computes with two feature maps; one must be a constant");
        }
    }

    /// Pads for all four axes, from those that the file gives.
    private void readPad(OnnxNode node) {
        var pads = sizes.need(node, 1, "pads");
        if (!node.hasInput(3)) {
            plain.pad(node, pads);
            return;
        }
        var axes = sizes.need(node, 3, "axes");
        if (pads.length != 2 * axes.length || graph.map(node, 0).rank() != 4) {
            throw node.odd("it has " + pads.length + " pads for " + axes.length + " axes");
        }
        var all = new long[8];
        for (int k = 0; k < axes.length; k++) {
            long axis = axes[k] < 0 ? axes[k] + 4 : axes[k];
            if (axis < 0 || axis > 3) {
                throw node.odd("it pads axis " + axes[k] + " of 4");
            }
            all[(int) axis] = pads[k];
            all[(int) axis + 4] = pads[k + axes.length];
        }
        plain.pad(node, all);
    }

    /// A cast between float types, which are all float32 here.
    private void readCast(OnnxNode node) {
        int to = node.whole("to", 0);
        if (!List.of(DataType.FLOAT_VALUE, DataType.FLOAT16_VALUE).contains(to)) {
            throw node.odd("it casts to " + DataType.forNumber(to) + "; only casts to floats are supported");
        }
        graph.alias(node, node.input(0), node.output());
    }
}
