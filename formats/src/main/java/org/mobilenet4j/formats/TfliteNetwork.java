package org.mobilenet4j.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Turns a TFLite graph into a [Network], its [Weights] and, where it computes with whole numbers, its
/// [NetworkQuantization].
///
/// Every operator becomes a few layers (its activation is one of its own here), checked against the shape that
/// the file gives for its output. Whatever does not fit throws [IllegalArgumentException] with a message that
/// names it.
final class TfliteNetwork {
    /// What is read, as a message lists it.
    private static final String KNOWN = "ADD, AVERAGE_POOL_2D, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, DEQUANTIZE"
            + " (of float16 weights, and at the end), FULLY_CONNECTED, MAX_POOL_2D, MEAN, PAD, QUANTIZE, RELU, RELU6,"
            + " RESHAPE, SOFTMAX, SQUEEZE";

    private static final Set<String> UNREAD = Set.of("INT16", "INT4", "UINT4");

    /// A value that an operator made: its id in the graph and its shape.
    private record Value(int id, Shape shape) {}

    private final TfliteFile file;
    private final Map<Integer, Value> values = new HashMap<>();
    private final Map<Integer, TfliteTensor> halves = new HashMap<>();
    private final List<GraphNode> nodes = new ArrayList<>();
    private final LayerNames names = new LayerNames();
    private final TfliteKernels kernels;
    private final TfliteMaps maps;

    /// Reads all operators of `file`, which is `bytes` long.
    ///
    /// @throws IllegalArgumentException naming the operator or the tensor that cannot be read
    TfliteNetwork(TfliteFile file, long bytes) {
        this.file = file;
        this.kernels = new TfliteKernels(bytes);
        this.maps = new TfliteMaps(tensor(file.input()));
        refuseUnread();
        values.put(file.input(), new Value(Node.INPUT, tensor(file.input()).shape()));
        for (var operator : file.operators()) {
            read(operator);
        }
    }

    /// The network, called `name`.
    Network network(String name) {
        var output = value(file.output());
        return new Network(name, tensor(file.input()).shape(), SeriesParallel.tree(nodes, output.id()));
    }

    /// How its feature maps are stored; empty where they are floats.
    Optional<NetworkQuantization> quantization() {
        return maps.quantization();
    }

    /// A tensor for every parameter of every operator.
    Weights weights() {
        return kernels.weights();
    }

    private void refuseUnread() {
        for (var tensor : file.tensors()) {
            if (UNREAD.contains(tensor.typeName())) {
                throw new IllegalArgumentException("is quantised to " + tensor.typeName() + " (the tensor \""
                        + tensor.name() + "\"); float models, INT8 and UINT8 are read");
            }
        }
    }

    private void read(TfliteOperator op) {
        switch (op.kind()) {
            case "CONV_2D" -> readConv(op);
            case "DEPTHWISE_CONV_2D" -> readDepthwise(op);
            case "FULLY_CONNECTED" -> readDense(op);
            case "AVERAGE_POOL_2D", "MAX_POOL_2D" -> readPool(op);
            case "MEAN" -> readMean(op);
            case "PAD" -> readPad(op);
            case "RESHAPE", "SQUEEZE" -> readReshape(op);
            case "SOFTMAX" -> readSoftmax(op);
            case "RELU" -> append(op, Activation.relu(names.first("relu")));
            case "RELU6" -> append(op, Activation.relu6(names.first("relu6")));
            case "ADD" -> readJoin(op, Parallel.Join.ADD, names.first("add"));
            case "CONCATENATION" -> readJoin(op, Parallel.Join.CONCATENATE, names.first("concatenate"));
            case "QUANTIZE" -> readQuantize(op);
            case "DEQUANTIZE" -> readDequantize(op);
            default ->
                throw new IllegalArgumentException("has the operator " + op.kind() + ", which is not known (operator "
                        + op.place() + " of " + file.operators().size() + "); known are " + KNOWN);
        }
    }

    private void readConv(TfliteOperator op) {
        var kernel = kernel(op, 4, 0);
        int filters = kernel.dims().get(0);
        var window = op.window(kernel.dims().get(1), kernel.dims().get(2));
        var input = inputOf(op).shape();
        if (input.channels() % kernel.dims().get(3) != 0) {
            throw op.odd("its kernel of " + Tensor.text(kernel.dims()) + " does not fit its input of " + input);
        }
        int groups = input.channels() / kernel.dims().get(3);
        boolean isVector = input.pixels() == 1 && window.taps() == 1 && groups == 1;
        if (isVector && !maps.isQuantised()) {
            // TF-Slim's classifier is a 1x1 convolution of a 1x1 map, which is a dense layer. With whole numbers the
            // two are not the same: TFLite multiplies their scales in another precision.
            addDense(op, kernel, List.of());
            return;
        }
        var name = isVector && isLastWithWeights(op) ? names.first("conv_preds") : names.conv(window.isPointwise());
        boolean bias = op.hasBias();
        kernels.addConv(name, kernel);
        addBias(op, name);
        append(op, activated(op, name, new Conv(name, filters, window, groups, bias)));
    }

    private void readDepthwise(TfliteOperator op) {
        var kernel = kernel(op, 4, 3);
        int inputChannels = inputOf(op).shape().channels();
        int outputChannels = kernel.dims().get(3);
        if (kernel.dims().get(0) != 1 || outputChannels % inputChannels != 0) {
            throw op.odd("its kernel of " + Tensor.text(kernel.dims()) + " does not fit its input of "
                    + inputOf(op).shape());
        }
        var window = op.window(kernel.dims().get(1), kernel.dims().get(2));
        var name = names.depthwise();
        boolean bias = op.hasBias();
        kernels.addDepthwise(name, kernel, inputChannels);
        addBias(op, name);
        append(op, activated(op, name, new DepthwiseConv(name, window, outputChannels / inputChannels, bias)));
    }

    private void readDense(TfliteOperator op) {
        if (!(op.options() instanceof TfliteOptions.Connecting(var _, boolean plain)) || !plain) {
            throw op.odd("its weights are shuffled; plain rows are read");
        }
        var before = inputOf(op).shape().pixels() == 1
                ? List.<Layer>of()
                : List.<Layer>of(new Flatten(names.first("flatten")));
        addDense(op, kernel(op, 2, 0), before);
    }

    private void addDense(TfliteOperator op, Tensor kernel, List<Layer> before) {
        var name = names.first(isLastWithWeights(op) ? "conv_preds" : "dense");
        kernels.addDense(name, kernel);
        addBias(op, name);
        var layers = new ArrayList<>(before);
        layers.addAll(List.of(activated(op, name, new Dense(name, kernel.dims().getFirst(), op.hasBias()))));
        append(op, layers.toArray(Layer[]::new));
    }

    private boolean isLastWithWeights(TfliteOperator op) {
        return file.operators().stream()
                .skip(op.place() + 1L)
                .noneMatch(
                        later -> later.kind().equals("CONV_2D") || later.kind().equals("FULLY_CONNECTED"));
    }

    private void readPool(TfliteOperator op) {
        var sliding = op.sliding();
        var input = inputOf(op).shape();
        boolean average = op.kind().equals("AVERAGE_POOL_2D");
        boolean whole = sliding.rows() == input.height() && sliding.columns() == input.width();
        // Of whole numbers, MEAN is computed in another way than this.
        if (average
                && whole
                && !maps.isQuantised()
                && tensor(op.output()).shape().pixels() == 1) {
            appendGlobalPool(op);
            return;
        }
        var window = op.window(sliding.rows(), sliding.columns());
        var name = names.first(average ? "average_pool" : "max_pool");
        append(op, op.fused(name, average ? Pool.average(name, window) : Pool.max(name, window)));
    }

    private void readMean(TfliteOperator op) {
        int rank = tensor(op.input(0)).dims().size();
        var axes = Arrays.stream(tensor(op.input(1)).integers())
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        if (rank != 4 || !Arrays.equals(axes, new int[] {1, 2})) {
            throw op.odd("it takes the mean over the axes " + Arrays.toString(axes) + " of " + rank
                    + "; rows and columns of a feature map, 1 and 2 of 4, are read");
        }
        if (maps.isQuantised() && tensor(op.output()).dims().size() != rank) {
            // TFLite rounds in another way where the mean becomes a vector.
            append(
                    op,
                    new GlobalAveragePool(names.first("global_average_pooling")),
                    new Flatten(names.first("flatten")));
            return;
        }
        appendGlobalPool(op);
    }

    private void appendGlobalPool(TfliteOperator op) {
        var name = names.first("global_average_pooling");
        append(op, op.fused(name, new GlobalAveragePool(name)));
    }

    private void readPad(TfliteOperator op) {
        var amounts = tensor(op.input(1));
        var pads = amounts.integers();
        if (!amounts.dims().equals(List.of(4, 2)) || (pads[0] | pads[1] | pads[6] | pads[7]) != 0) {
            throw op.odd("it pads " + Arrays.toString(pads) + "; zeros around rows and columns are read");
        }
        append(op, new ZeroPad(names.first("zero_pad"), new Padding.Explicit(pads[2], pads[3], pads[4], pads[5])));
    }

    private void readReshape(TfliteOperator op) {
        var from = inputOf(op).shape();
        var to = tensor(op.output());
        if (to.shape().equals(from)) {
            maps.checkSame(tensor(op.input(0)), to);
            append(op);
        } else if (to.shape().equals(Shape.vector(from.elements()))) {
            append(op, new Flatten(names.first("flatten")));
        } else {
            throw op.odd("it makes " + Tensor.text(to.dims()) + " of " + from + "; flattening alone is read");
        }
    }

    private void readSoftmax(TfliteOperator op) {
        if (!(op.options() instanceof TfliteOptions.Sharpness(float beta)) || beta != 1) {
            throw op.odd("its beta is not 1");
        }
        append(op, new Softmax(names.first("predictions")));
    }

    private void readJoin(TfliteOperator op, Parallel.Join join, String name) {
        var inputs = op.inputs().stream().map(this::value).toList();
        if (inputs.size() < 2) {
            throw op.odd("it joins " + inputs.size() + " maps; two or more are read");
        }
        var first = inputs.getFirst().shape();
        var shape = first;
        if (join == Parallel.Join.CONCATENATE) {
            int rank = tensor(op.output()).dims().size();
            int axis = op.options() instanceof TfliteOptions.Joining(var _, int given) ? given : 0;
            if (axis != -1 && axis != rank - 1) {
                throw op.odd("it joins along axis " + axis + "; channels, the last one, are read");
            }
            shape = first.withChannels(Math.toIntExact(
                    inputs.stream().mapToLong(value -> value.shape().channels()).sum()));
        } else if (inputs.stream().anyMatch(value -> !value.shape().equals(first))) {
            throw op.odd("it adds maps of different shapes; equal ones are read");
        }
        var ids = inputs.stream().map(Value::id).toList();
        var after = join == Parallel.Join.ADD ? activated(op, name) : op.fused(name);
        append(op, GraphNode.joining(name, join, ids, after), shape);
    }

    /// A linear operator with its activation, be it named or only in the range of what is stored.
    private Layer[] activated(TfliteOperator op, String name, Layer... layers) {
        var named = op.fused(name, layers);
        var stored = TfliteMaps.activation(tensor(op.output()));
        if (named.length > layers.length || stored.isEmpty()) {
            return named;
        }
        var all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = new Activation(name + "_relu", stored.get());
        return all;
    }

    /// At the start of a network it only says how the input is stored, at the end how results are read.
    private void readQuantize(TfliteOperator op) {
        var input = inputOf(op);
        var from = tensor(op.input(0));
        var to = tensor(op.output());
        boolean isFirst = input.id() == Node.INPUT && readers(op.input(0)) == 1;
        boolean isRelabelling = from.isQuantisedMap() && from.stored().meansTheSameAs(to.stored());
        if (isFirst && (isRelabelling || !from.isQuantisedMap())) {
            maps.inputIs(to.stored());
        } else if (!isRelabelling || op.output() != file.output()) {
            throw op.odd(
                    "it makes " + to.typeName() + " of " + from.typeName() + " with another scale, in the middle of"
                            + " the network; feature maps that keep the scale they were made with are read");
        }
        values.put(op.output(), new Value(input.id(), to.shape()));
    }

    private long readers(int tensor) {
        return file.operators().stream()
                .filter(operator -> operator.inputs().contains(tensor))
                .count();
    }

    /// Weights stored as float16 reach the operators through one of these; they are read as they are stored.
    /// At the end of a quantised network it only says that results are read as floats, as they always are here.
    private void readDequantize(TfliteOperator op) {
        var from = tensor(op.input(0));
        if (from.isConstant()) {
            halves.put(op.output(), from);
        } else if (op.output() == file.output() && from.isQuantisedMap()) {
            values.put(op.output(), inputOf(op));
        } else {
            throw op.odd("it makes floats of the feature map \"" + from.name() + "\", which the network goes on with;"
                    + " networks that compute with floats or with whole numbers from end to end are read");
        }
    }

    private Tensor kernel(TfliteOperator op, int rank, int channelAxis) {
        var kernel = constant(op.input(1)).weights(channelAxis);
        if (kernel.dims().size() != rank) {
            throw op.odd("its kernel is " + Tensor.text(kernel.dims()) + "; " + rank + " dimensions are needed");
        }
        return kernel;
    }

    private void addBias(TfliteOperator op, String layer) {
        if (op.hasBias()) {
            kernels.addBias(layer, constant(op.inputs().get(2)).weights(0));
        }
    }

    private void append(TfliteOperator op, Layer... layers) {
        var input = inputOf(op);
        var shape = input.shape();
        for (var layer : layers) {
            shape = layer.outputShape(shape);
        }
        append(op, GraphNode.of(op.toString(), input.id(), layers), shape);
    }

    private void append(TfliteOperator op, GraphNode node, Shape shape) {
        var output = tensor(op.output());
        if (!output.shape().equals(shape)) {
            throw op.odd("it makes " + shape + ", but the file says " + Tensor.text(output.dims()));
        }
        maps.add(op, file.tensors().get(op.input(0)), output, node);
        nodes.add(node);
        values.put(op.output(), new Value(nodes.size(), shape));
    }

    private Value inputOf(TfliteOperator op) {
        return value(op.input(0));
    }

    private Value value(int index) {
        var value = values.get(index);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the tensor \"" + (index < 0 ? "(none)" : tensor(index).name())
                            + "\" is read as a feature map, but no operator before makes one of it");
        }
        return value;
    }

    private TfliteTensor constant(int index) {
        return halves.containsKey(index) ? halves.get(index) : tensor(index);
    }

    private TfliteTensor tensor(int index) {
        return file.tensors().get(index);
    }
}
