package org.mobilenet4j.formats.tfjs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.InputScaling;
import org.mobilenet4j.formats.graph.OutputOperator;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Turns a TensorFlow graph that was frozen for TensorFlow.js into a [Network] and its [Weights]. Kernels have this
/// library's layouts. Layers are named by kind: see
/// [org.mobilenet4j.formats.graph.LayerNames].
///
/// Anything unsupported throws [BadValueException] with a message that names the node.
final class GraphDefNetworkReader {
    /// Supported operators, as listed in messages.
    private static final String KNOWN =
            "Add, AddN, AddV2, ArgMax, AvgPool, BiasAdd, ClipByValue, ConcatV2, Const, Conv2D,"
                    + " DepthwiseConv2dNative, Elu, FusedBatchNormV3, FusedDepthwiseConv2dNative, Identity, LeakyRelu, LogSoftmax, MatMul,"
                    + " Max, Maximum, MaxPool, Mean, Minimum, Mul, Neg, Pad, Placeholder, RealDiv, Relu, Relu6, Reshape, Sigmoid, Softmax,"
                    + " Squeeze, Sub, Tanh, Transpose (that changes nothing), _FusedConv2D, _FusedMatMul, and what computes constants of constants";

    /// Height and width of an input whose size is not fixed in the file.
    private static final int OPEN_SIZE = 224;

    private final GraphDef graph;
    private final GraphDefConstants constants;
    private final GraphDefFolding folding;
    private final GraphDefMaps maps;
    private final GraphDefArithmetic arithmetic;
    private final Set<String> taken = new HashSet<>();
    private final String lastWithWeights;
    private final boolean isSized;
    private final @Nullable Heads heads;

    /// Reads all nodes of `graph`.
    ///
    /// @throws IllegalArgumentException if a node cannot be read, naming it
    GraphDefNetworkReader(GraphDef graph, TfjsWeights weights) {
        this(graph, weights, null);
    }

    /// The same for a detector.
    ///
    /// @param end of the graph
    GraphDefNetworkReader(GraphDef graph, TfjsWeights weights, @Nullable GraphDefDetector end) {
        this.graph = graph;
        this.constants = new GraphDefConstants(graph, weights);
        this.folding = new GraphDefFolding(constants, weights.byteSize());
        var input = placeholder();
        this.isSized = input.shape().stream().skip(1).noneMatch(dim -> dim < 0);
        this.maps = new GraphDefMaps(input, shape(input));
        this.arithmetic = new GraphDefArithmetic(maps, constants);
        this.lastWithWeights = graph.nodes().values().stream()
                .filter(node -> node.op().contains("Conv2D") || node.op().contains("MatMul"))
                .reduce((_, later) -> later)
                .map(GraphDefNode::name)
                .orElse("");
        for (var node : graph.nodes().values()) {
            boolean isEnd = end != null && end.takes(node);
            if (!isEnd && !taken.contains(node.name()) && !folding.read(node, maps::dims)) {
                read(node);
            }
        }
        this.heads = end == null ? null : end.heads(maps);
    }

    /// The predictions of a detector; empty if it is none.
    Optional<Heads> heads() {
        return Optional.ofNullable(heads);
    }

    /// The network, called `name`.
    Network network(String name) {
        if (heads != null) {
            return maps.builder().network(name, maps.builder().join(heads));
        }
        var ends = new ArrayList<String>();
        for (var node : graph.nodes().values()) {
            if (maps.has(node.name()) && graph.readersOf(node.name()).isEmpty()) {
                ends.add(node.name());
            }
        }
        if (ends.size() != 1) {
            throw new BadValueException("has " + ends.size() + " outputs " + ends + "; only one is supported");
        }
        return maps.builder().network(name, maps.value(ends.getFirst()));
    }

    /// The weights: a tensor for every parameter.
    Weights weights() {
        return maps.builder().weights();
    }

    /// What the graph does to its pixels first, which the network no longer does.
    InputScaling scaling() {
        return maps.builder().scaling();
    }

    /// What the graph ends with, and the network does not.
    Optional<OutputOperator> outputOperator() {
        return maps.builder().outputOperator();
    }

    /// Whether the image size is fixed in the file.
    boolean isSized() {
        return isSized;
    }

    private GraphDefNode placeholder() {
        var all = graph.nodes().values().stream()
                .filter(node -> node.op().equals("Placeholder"))
                .toList();
        if (all.size() != 1) {
            throw new BadValueException("has " + all.size() + " inputs; only one is supported");
        }
        return all.getFirst();
    }

    private static Shape shape(GraphDefNode input) {
        var dims = input.shape();
        if (dims.size() == 4 && dims.get(3) > 0) {
            return new Shape(
                    dims.get(1) < 0 ? OPEN_SIZE : dims.get(1), dims.get(2) < 0 ? OPEN_SIZE : dims.get(2), dims.get(3));
        }
        if (dims.size() == 2 && dims.get(1) > 0) {
            return Shape.vector(dims.get(1));
        }
        throw input.odd("its shape of " + dims + " is not a batch of images with channels last");
    }

    private void read(GraphDefNode node) {
        switch (node.op()) {
            case "Placeholder", "Const", "NoOp" -> {}
            case "Identity" -> readIdentity(node);
            case "Conv2D", "_FusedConv2D" -> readConv(node);
            case "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative" -> readDepthwise(node);
            case "MatMul", "_FusedMatMul", "BatchMatMul", "BatchMatMulV2" -> readDense(node);
            case "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3" -> readBatchNorm(node);
            case "AvgPool", "MaxPool" -> readPool(node);
            case "Mean", "Max" -> readGlobalPool(node);
            case "Pad" -> readPad(node);
            case "Reshape", "Squeeze", "ExpandDims" -> new GraphDefReshapes(maps, constants).reshape(node);
            case "Transpose" -> new GraphDefReshapes(maps, constants).transpose(node);
            case "ClipByValue" -> arithmetic.clip(node);
            case "Relu" -> maps.append(node, Activation.relu(maps.names().first("relu")));
            case "Relu6" -> maps.append(node, Activation.relu6(maps.names().first("relu6")));
            case "LeakyRelu" ->
                maps.append(
                        node,
                        new Nonlinearity(
                                maps.names().first("leaky_relu"), Curve.LEAKY_RELU, node.number("alpha", 0.2)));
            case "Elu" -> maps.append(node, Nonlinearity.of(maps.names().first("elu"), Curve.ELU));
            case "Tanh" -> maps.append(node, Nonlinearity.of(maps.names().first("tanh"), Curve.TANH));
            case "LogSoftmax" ->
                maps.append(node, node.input(0), "predictions", new Idiom.Last(OutputOperator.LOG_SOFTMAX));
            case "ArgMax" -> readArgMax(node);
            case "Neg" -> arithmetic.negate(node);
            case "AddN" -> arithmetic.addAll(node);
            case "Softmax" -> maps.append(node, new Softmax(maps.names().first("predictions")));
            case "Sigmoid" -> maps.append(node, new Sigmoid(maps.names().first("sigmoid")));
            case "Add", "AddV2", "BiasAdd", "Sub", "Mul", "RealDiv", "Div", "Minimum", "Maximum" ->
                arithmetic.read(node);
            case "ConcatV2" -> readConcatenation(node);
            default ->
                throw new BadValueException("has the node " + node.name() + " of the kind " + node.op()
                        + ", which is not supported; supported operators: " + KNOWN);
        }
    }

    private void readIdentity(GraphDefNode node) {
        if (maps.has(node.input(0))) {
            maps.alias(node, node.input(0));
        }
    }

    private void readConv(GraphDefNode node) {
        var kernel = constants.floats(node, 1, 4);
        var dims = kernel.dims();
        var window = node.window(dims.get(0), dims.get(1));
        var input = maps.inputOf(node).shape();
        if (input.channels() % dims.get(2) != 0) {
            throw node.odd("its kernel of " + Tensor.text(dims) + " does not fit its input of " + input);
        }
        int groups = input.channels() / dims.get(2);
        var bias = bias(node);
        if (input.pixels() == 1 && window.isPointwise() && groups == 1) {
            // TF-Slim's classifier is a 1x1 convolution on a 1x1 feature map, which is a dense layer.
            var flat = Tensor.of(kernel.bytes(), kernel.type(), dims.subList(2, 4));
            addDense(node, flat, bias);
            return;
        }
        var name = maps.names().conv(window.isPointwise());
        maps.builder().weight(name, "kernel", kernel);
        addFused(node, name, bias, new Conv(name, dims.get(3), window, groups, bias != null));
    }

    private void readDepthwise(GraphDefNode node) {
        var kernel = constants.floats(node, 1, 4);
        var dims = kernel.dims();
        var name = maps.names().depthwise();
        var bias = bias(node);
        maps.builder().weight(name, "depthwise_kernel", kernel);
        var window = node.window(dims.get(0), dims.get(1));
        addFused(node, name, bias, new DepthwiseConv(name, window, dims.get(3), bias != null));
    }

    private void readDense(GraphDefNode node) {
        if (node.flag("transpose_a")) {
            throw node.odd("it transposes its input");
        }
        var kernel = node.flag("transpose_b") ? constants.transposed(node, 1) : constants.floats(node, 1, 2);
        var bias = bias(node);
        if (maps.inputOf(node).shape().pixels() > 1) {
            var name = maps.names().conv(true);
            addFused(node, name, bias, maps.builder().denseOverMap(maps.inputOf(node), name, kernel, bias != null));
            return;
        }
        addDense(node, kernel, bias);
    }

    private void addDense(GraphDefNode node, Tensor kernel, @Nullable Tensor bias) {
        var name = maps.names().first(node.name().equals(lastWithWeights) ? "conv_preds" : "dense");
        maps.builder().weight(name, "kernel", kernel);
        addFused(node, name, bias, new Dense(name, kernel.dims().get(1), bias != null));
    }

    /// Adds a layer that may have a bias and an activation fused into its node, or a bias in the only node that reads
    /// it.
    private void addFused(GraphDefNode node, String name, @Nullable Tensor bias, Layer layer) {
        if (bias != null) {
            maps.builder().weight(name, "bias", bias);
        }
        maps.append(node, fused(node, name, layer));
        var next = biasBehind(node);
        if (next != null) {
            taken.add(next.name());
            maps.alias(next, node.name());
        }
    }

    private static Layer[] fused(GraphDefNode node, String name, Layer layer) {
        for (var operation : node.texts("fused_ops")) {
            switch (operation) {
                case "BiasAdd" -> {}
                case "Relu" -> {
                    return new Layer[] {layer, Activation.relu(name + "_relu")};
                }
                case "LeakyRelu" -> {
                    double alpha = node.number("leakyrelu_alpha", 0.2);
                    return new Layer[] {layer, new Nonlinearity(name + "_leaky_relu", Curve.LEAKY_RELU, alpha)};
                }
                case "Elu" -> {
                    return new Layer[] {layer, Nonlinearity.of(name + "_elu", Curve.ELU)};
                }
                case "Tanh" -> {
                    return new Layer[] {layer, Nonlinearity.of(name + "_tanh", Curve.TANH)};
                }
                case "Relu6" -> {
                    return new Layer[] {layer, Activation.relu6(name + "_relu")};
                }
                default ->
                    throw node.odd("it is fused with " + operation
                            + "; only BiasAdd, Relu, Relu6, LeakyRelu, Elu and Tanh are" + " supported");
            }
        }
        return new Layer[] {layer};
    }

    /// The bias that is fused into `node`, or added by the only node that reads it.
    private @Nullable Tensor bias(GraphDefNode node) {
        if (node.texts("fused_ops").contains("BiasAdd")) {
            return constants.vector(node, 2);
        }
        var next = biasBehind(node);
        return next == null ? null : constants.vector(next, 1);
    }

    private @Nullable GraphDefNode biasBehind(GraphDefNode node) {
        var readers = graph.readersOf(node.name());
        if (!node.texts("fused_ops").isEmpty() || readers.size() != 1) {
            return null;
        }
        var next = readers.getFirst();
        // What other nodes add becomes a bias, too, but later: it may be one number for all channels.
        return next.op().equals("BiasAdd") && next.input(0).equals(node.name()) ? next : null;
    }

    private void readBatchNorm(GraphDefNode node) {
        node.requireChannelsLast();
        if (node.flag("is_training")) {
            throw node.odd("it is in training mode; freeze the graph for inference");
        }
        var name = maps.names().first("batch_norm");
        var parameters = List.of("gamma", "beta", "moving_mean", "moving_variance");
        for (int i = 0; i < parameters.size(); i++) {
            maps.builder().weight(name, parameters.get(i), constants.vector(node, i + 1));
        }
        maps.append(node, new BatchNorm(name, node.number("epsilon", 1e-4)));
    }

    private void readPool(GraphDefNode node) {
        var size = node.wholes("ksize", List.of());
        if (size.size() != 4 || size.get(0) != 1 || size.get(3) != 1) {
            throw node.odd("its window is " + size);
        }
        var input = maps.inputOf(node).shape();
        boolean average = node.op().equals("AvgPool");
        var name = maps.names().first(average ? "average_pool" : "max_pool");
        var window = node.window(size.get(1), size.get(2));
        var pool = average ? Pool.average(name, window) : Pool.max(name, window);
        boolean isWhole = window.height() == input.height() && window.width() == input.width();
        maps.append(
                node,
                average && isWhole && pool.outputShape(input).pixels() == 1
                        ? new GlobalAveragePool(maps.names().first("global_average_pooling"))
                        : pool);
    }

    /// The mean, or the largest, of rows and columns.
    private void readGlobalPool(GraphDefNode node) {
        var axes = constants.integers(node, 1).stream()
                .map(axis -> axis < 0 ? axis + 4 : axis)
                .sorted()
                .toList();
        if (!axes.equals(List.of(1, 2))) {
            throw node.odd("it works along the axes " + axes + "; only rows and columns, axes 1 and 2, are supported");
        }
        maps.append(
                node,
                node.op().equals("Max")
                        ? Pool.globalMax(
                                maps.names().first("global_max_pooling"),
                                maps.inputOf(node).shape())
                        : new GlobalAveragePool(maps.names().first("global_average_pooling")));
    }

    /// The choice of the largest channel, whose result stands for the scores.
    private void readArgMax(GraphDefNode node) {
        var map = maps.dims(node.input(0));
        var axes = constants.integers(node, 1);
        int rank = map == null ? 0 : map.size();
        if (axes.size() != 1 || (axes.get(0) != -1 && axes.get(0) != rank - 1)) {
            throw node.odd("it works along the axes " + axes + "; only channels, the last axis, are supported");
        }
        maps.append(node, node.input(0), "largest", new Idiom.Last(OutputOperator.ARG_MAX));
    }

    private void readPad(GraphDefNode node) {
        var pads = constants.integers(node, 1);
        if (pads.size() != 8 || pads.get(0) != 0 || pads.get(1) != 0 || pads.get(6) != 0 || pads.get(7) != 0) {
            throw node.odd("it pads " + pads + "; only padding of rows and columns is supported");
        }
        maps.append(
                node,
                new ZeroPad(
                        maps.names().first("zero_pad"),
                        new Padding.Explicit(pads.get(2), pads.get(3), pads.get(4), pads.get(5))));
    }

    private void readConcatenation(GraphDefNode node) {
        var axis = constants.integers(node, node.inputs().size() - 1);
        if (!axis.equals(List.of(-1)) && !axis.equals(List.of(3))) {
            throw node.odd("it joins along axis " + axis + "; only channels, the last axis, are supported");
        }
        var joined = node.inputs().subList(0, node.inputs().size() - 1);
        maps.join(node, Parallel.Join.CONCATENATE, joined, maps.names().first("concatenate"));
    }
}
