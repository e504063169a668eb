package org.mobilenet4j.formats.tflite.read;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.formats.graph.GraphRewrites;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.InputScaling;
import org.mobilenet4j.formats.graph.OutputOperator;
import org.mobilenet4j.formats.tflite.read.TfliteGraph.Value;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Turns a TFLite graph into a [Network], its [Weights] and, if it is quantized, its [NetworkQuantization].
///
/// Every operator becomes one or more layers (a fused activation is a layer of its own here), checked against the
/// output shape in the file, a constant, or an idiom for [GraphRewrites]. Anything unsupported throws
/// [BadValueException] with a message that names it.
final class TfliteNetworkReader {
    /// Supported operators, as listed in messages.
    private static final String KNOWN =
            "ADD, ADD_N, ARG_MAX, AVERAGE_POOL_2D, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, DEQUANTIZE"
                    + " (of float16 weights, and at the end), DIV, ELU, FULLY_CONNECTED, GELU, HARD_SWISH, LEAKY_RELU,"
                    + " LOCAL_RESPONSE_NORMALIZATION, LOGISTIC, LOG_SOFTMAX, MAXIMUM, MAX_POOL_2D, MEAN, MINIMUM, MUL, PAD, PADV2, PRELU, QUANTIZE, REDUCE_MAX, RELU, RELU6, RESHAPE, RESIZE_BILINEAR,"
                    + " SOFTMAX, SQUEEZE, SUB, TANH, TFLite_Detection_PostProcess, TRANSPOSE (that changes nothing, or of a channel shuffle), and what computes"
                    + " constants of constants";

    private final TfliteFile file;
    private final TfliteGraph graph;
    private final TfliteLinear linear;
    private final TfliteMoves moves;

    /// Padding that pooling may ignore, by padded tensor.
    private final Map<Integer, Padding.Explicit> leasts = new HashMap<>();

    private final GraphRewrites rewrites;
    private final @Nullable TfliteDetector detector;
    private final @Nullable Heads heads;
    private @Nullable OutputOperator choice;

    /// Reads all operators of `file`, which is `bytes` long.
    ///
    /// @throws IllegalArgumentException if an operator or a tensor cannot be read, naming it
    TfliteNetworkReader(TfliteFile file, long bytes) {
        this.file = file;
        this.graph = new TfliteGraph(file, bytes);
        this.linear = new TfliteLinear(graph);
        this.moves = new TfliteMoves(graph);
        file.refuseUnread();
        this.detector = TfliteDetector.find(file).orElse(null);
        if (detector != null) {
            graph.taken().addAll(detector.operators());
        }
        for (var operator : file.operators()) {
            if (!graph.taken().contains(operator) && !graph.constants().read(operator)) {
                read(operator);
            }
        }
        this.heads = detector == null ? null : detector.append(graph);
        this.rewrites = graph.rewritten();
        rewrites.input().ifPresent(graph.maps()::inputIs);
    }

    /// The network, called `name`.
    Network network(String name) {
        return graph.network(name, rewrites);
    }

    /// The quantization of the feature maps of `network`; empty for a float network.
    Optional<NetworkQuantization> quantization(Network network) {
        return graph.quantization(network);
    }

    /// What the graph does to its pixels first, which `network` no longer does.
    InputScaling scaling() {
        return rewrites.scaling();
    }

    /// What the graph ends with, and `network` does not.
    Optional<OutputOperator> outputOperator() {
        return choice == null ? rewrites.outputOperator() : Optional.of(choice);
    }

    /// How boxes come out of it; empty if it is no detector.
    ///
    /// @param beside anchors from elsewhere, for a detector without post-processing
    /// @param notes that get what is assumed
    Optional<BoxOutputs> boxes(Optional<Tensor> beside, Map<String, String> notes) {
        return detector == null || heads == null
                ? Optional.empty()
                : Optional.of(detector.boxes(graph, heads, beside, notes));
    }

    /// The weights: a tensor for every parameter of every operator.
    Weights weights() {
        return graph.kernels().weights();
    }

    private void read(TfliteOperator op) {
        switch (op.kind()) {
            case "CONV_2D" -> linear.conv(op);
            case "DEPTHWISE_CONV_2D" -> linear.depthwise(op);
            case "FULLY_CONNECTED" -> linear.dense(op);
            case "AVERAGE_POOL_2D", "MAX_POOL_2D" -> readPool(op);
            case "MEAN" -> readMean(op);
            case "REDUCE_MAX" -> readMost(op);
            case "PAD" -> graph.append(op, zeroPad(op));
            case "PADV2" -> readPadWithValue(op);
            case "RESIZE_BILINEAR" -> graph.append(op, TfliteLayers.resize(op, tensor(op.input(1)), first("resize")));
            case "LOCAL_RESPONSE_NORMALIZATION" ->
                graph.append(op, TfliteLayers.responseNorm(op, first("response_norm")));
            case "RESHAPE", "SQUEEZE", "EXPAND_DIMS" -> moves.reshape(op);
            case "TRANSPOSE" -> moves.transpose(op);
            case "SOFTMAX" -> readSoftmax(op);
            case "LOG_SOFTMAX" -> readLogSoftmax(op);
            case "ARG_MAX" -> readArgMax(op);
            case "ADD_N" -> readJoin(op, Parallel.Join.ADD, first("add"));
            case "RELU" -> graph.append(op, Activation.relu(first("relu")));
            case "RELU6" -> graph.append(op, Activation.relu6(first("relu6")));
            case "LEAKY_RELU" -> graph.append(op, bent(op, Curve.LEAKY_RELU));
            case "PRELU" -> readPrelu(op);
            case "ELU" -> graph.append(op, bent(op, Curve.ELU));
            case "HARD_SWISH" -> graph.append(op, bent(op, Curve.HARD_SWISH));
            case "TANH" -> graph.append(op, bent(op, Curve.TANH));
            case "GELU" -> graph.append(op, bent(op, Curve.GELU));
            case "LOGISTIC" -> graph.append(op, new Sigmoid(first("sigmoid")));
            case "ADD", "SUB", "MUL", "DIV", "MINIMUM", "MAXIMUM" -> readArithmetic(op);
            case "CONCATENATION" -> readJoin(op, Parallel.Join.CONCATENATE, first("concatenate"));
            case "QUANTIZE" -> readQuantize(op);
            case "DEQUANTIZE" -> readDequantize(op);
            default ->
                throw new BadValueException("has the operator " + op.kind() + ", which is not supported (operator "
                        + op.place() + " of " + file.operators().size() + "); supported operators: " + KNOWN);
        }
    }

    private void readPrelu(TfliteOperator op) {
        var slopes = tensor(op.input(1));
        var shape = graph.inputOf(op).shape();
        int channels = slopes.dims().isEmpty() ? 1 : slopes.dims().getLast();
        if (graph.isQuantized()) {
            throw op.odd("it computes with integers; quantize the float model with this program, which can");
        }
        var values = slopes.weights(0);
        if (values.size() != channels || channels != shape.channels()) {
            throw op.odd("its slopes are " + Tensor.text(slopes.dims()) + " for a map of " + shape
                    + "; only one slope for each channel is supported");
        }
        var name = first("prelu");
        graph.kernels().add(name + "/alpha", Tensor.of(values.bytes(), values.type(), List.of(channels)));
        graph.append(op, new Prelu(name));
    }

    private Nonlinearity bent(TfliteOperator op, Curve function) {
        return TfliteLayers.nonlinearity(op, first(function.name().toLowerCase(Locale.ROOT)), function);
    }

    private void readArithmetic(TfliteOperator op) {
        var kind = Arithmetic.of(op.kind()).orElseThrow();
        boolean isFirst = op.inputs().size() == 2 && graph.constants().isConstant(op.input(0));
        if (isFirst || (op.inputs().size() == 2 && graph.constants().isConstant(op.input(1)))) {
            int map = isFirst ? 1 : 0;
            graph.value(op.input(map)); // must be one
            var steps = new TfliteArithmetic(op, kind, tensor(op.input(map)), tensor(op.input(1 - map)), isFirst);
            var stem = kind == Arithmetic.MIN || kind == Arithmetic.MAX ? "relu" : "scale";
            graph.append(op, first(stem), steps.idiom(tensor(op.output())), map);
            return;
        }
        switch (kind) {
            case ADD -> readJoin(op, Parallel.Join.ADD, first("add"));
            case MUL -> readJoin(op, Parallel.Join.MULTIPLY, first("multiply"));
            default -> throw op.odd("it computes with two feature maps; one must be a constant");
        }
    }

    private void readPool(TfliteOperator op) {
        var sliding = op.sliding();
        var input = graph.inputOf(op).shape();
        boolean average = op.kind().equals("AVERAGE_POOL_2D");
        boolean whole = sliding.rows() == input.height() && sliding.columns() == input.width();
        // In integer arithmetic, MEAN is computed differently.
        if (average
                && whole
                && !graph.isQuantized()
                && tensor(op.output()).shape().pixels() == 1) {
            appendGlobalPool(op);
            return;
        }
        var window = op.window(sliding.rows(), sliding.columns());
        var around = leasts.get(op.input(0));
        if (around != null) {
            if (average || !window.padding().equals(Padding.VALID)) {
                throw op.odd("it averages or pads a feature map that was padded with the lowest value");
            }
            window = window.withPadding(around);
        }
        var name = first(average ? "average_pool" : "max_pool");
        graph.append(op, op.fused(name, average ? Pool.average(name, window) : Pool.max(name, window)));
    }

    private void readMean(TfliteOperator op) {
        int rank = tensor(op.input(0)).dims().size();
        TfliteLayers.checkMean(op, tensor(op.input(1)), rank);
        if (graph.isQuantized() && tensor(op.output()).dims().size() != rank) {
            // TFLite rounds differently if the mean becomes a vector.
            graph.append(op, new GlobalAveragePool(first("global_average_pooling")), new Flatten(first("flatten")));
            return;
        }
        appendGlobalPool(op);
    }

    private void readMost(TfliteOperator op) {
        TfliteLayers.checkMean(
                op, tensor(op.input(1)), tensor(op.input(0)).dims().size());
        graph.maps().checkSame(tensor(op.input(0)), tensor(op.output()));
        var name = first("global_max_pooling");
        graph.append(op, Pool.globalMax(name, graph.inputOf(op).shape()));
    }

    private void appendGlobalPool(TfliteOperator op) {
        var name = first("global_average_pooling");
        graph.append(op, op.fused(name, new GlobalAveragePool(name)));
    }

    private ZeroPad zeroPad(TfliteOperator op) {
        return new ZeroPad(first("zero_pad"), TfliteLayers.padding(op, tensor(op.input(1))));
    }

    /// Zero padding becomes a layer; padding with the lowest value becomes part of the max pooling after it.
    private void readPadWithValue(TfliteOperator op) {
        var map = tensor(op.input(0));
        var value = tensor(op.input(2));
        if (TfliteLayers.isZero(value, map)) {
            graph.append(op, zeroPad(op));
            return;
        }
        boolean isPooled = file.readers(op.output()).stream()
                .allMatch(reader -> reader.kind().equals("MAX_POOL_2D"));
        if (!TfliteLayers.isLeast(value, map) || !isPooled || op.output() == file.output()) {
            throw op.odd("it pads with " + value.number()
                    + "; only zero padding is supported, and padding with the lowest value before max pooling");
        }
        graph.maps().checkSame(map, tensor(op.output()));
        leasts.put(op.output(), TfliteLayers.padding(op, tensor(op.input(1))));
        graph.alias(op.output(), graph.inputOf(op));
    }

    private void readSoftmax(TfliteOperator op) {
        if (!(op.options() instanceof TfliteOptions.Sharpness(float beta)) || beta != 1) {
            throw op.odd("its beta is not 1");
        }
        graph.append(op, new Softmax(first("predictions")));
    }

    private void readLogSoftmax(TfliteOperator op) {
        if (graph.isQuantized()) {
            throw op.odd("it gives logarithms as integers; only floats are supported, or a SOFTMAX of integers");
        }
        var map = graph.inputOf(op);
        var last = new Idiom.Last(OutputOperator.LOG_SOFTMAX);
        graph.append(op, GraphNode.of(first("predictions"), map.id(), last), map.shape());
    }

    /// The choice of the largest channel at the network's end, whose result stands for the scores.
    private void readArgMax(TfliteOperator op) {
        var axes = tensor(op.input(1)).integers();
        int rank = tensor(op.input(0)).dims().size();
        if (op.output() != file.output() || axes.length != 1 || (axes[0] != -1 && axes[0] != rank - 1)) {
            throw op.odd("it is inside of the network, or works along the axes " + Arrays.toString(axes)
                    + "; only channels, the last axis, are supported, at the end");
        }
        choice = OutputOperator.ARG_MAX;
        graph.alias(op.output(), graph.inputOf(op));
    }

    private void readJoin(TfliteOperator op, Parallel.Join join, String name) {
        var inputs = op.inputs().stream().map(graph::value).toList();
        if (inputs.size() < 2) {
            throw op.odd("it joins " + inputs.size() + " feature maps; two or more are needed");
        }
        var shapes = inputs.stream().map(Value::shape).toList();
        var shape =
                TfliteLayers.joined(op, join, shapes, tensor(op.output()).dims().size());
        var ids = inputs.stream().map(Value::id).toList();
        var after = join == Parallel.Join.CONCATENATE ? op.fused(name) : graph.activated(op, name);
        graph.append(op, GraphNode.joining(name, join, ids, after), shape);
    }

    /// `QUANTIZE`. At the start of a network it only gives the input's quantization, at the end the output's; elsewhere
    /// it changes the scale.
    private void readQuantize(TfliteOperator op) {
        var input = graph.inputOf(op);
        var from = tensor(op.input(0));
        var to = tensor(op.output());
        boolean isFirst = input.id() == Node.INPUT && file.readers(op.input(0)).size() == 1;
        boolean isRelabeling = from.isQuantizedMap() && from.stored().meansTheSameAs(to.stored());
        if (isFirst && (isRelabeling || !from.isQuantizedMap())) {
            graph.maps().inputIs(to.stored());
        } else if (!isRelabeling || op.output() != file.output()) {
            graph.append(op, new Requantize(first("requantize")));
            return;
        }
        graph.alias(op.output(), input);
    }

    /// `DEQUANTIZE`. Float16 weights reach the operators through one, and are kept as float16 here. At the end of a
    /// quantized network it only means that results are floats, as they always are here.
    private void readDequantize(TfliteOperator op) {
        var from = tensor(op.input(0));
        if (from.isConstant()) {
            graph.constants().put(op.output(), from);
        } else if (op.output() == file.output() && from.isQuantizedMap()) {
            graph.alias(op.output(), graph.inputOf(op));
        } else {
            throw op.odd("it dequantizes the feature map \"" + from.name() + "\" inside the network; only networks that"
                    + " are float or quantized from end to end are supported");
        }
    }

    private String first(String stem) {
        return graph.names().first(stem);
    }

    private TfliteTensor tensor(int index) {
        return graph.tensor(index);
    }
}
