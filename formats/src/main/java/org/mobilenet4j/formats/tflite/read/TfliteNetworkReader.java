package org.mobilenet4j.formats.tflite.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.ChannelShuffle;
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
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.formats.graph.LayerNames;
import org.mobilenet4j.formats.graph.SeriesParallel;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Turns a TFLite graph into a [Network], its [Weights] and, if it is quantized, its [NetworkQuantization].
///
/// Every operator becomes one or more layers (a fused activation is a layer of its own here), checked against the
/// output shape in the file. Anything unsupported throws [BadValueException] with a message that names it.
final class TfliteNetworkReader {
    /// Supported operators, as listed in messages.
    private static final String KNOWN = "ADD, AVERAGE_POOL_2D, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, DEQUANTIZE"
            + " (of float16 weights, and at the end), FULLY_CONNECTED, LOGISTIC, MAX_POOL_2D, MEAN, MUL, PAD,"
            + " QUANTIZE, RELU, RELU6,"
            + " LOCAL_RESPONSE_NORMALIZATION, PADV2, RESHAPE, RESIZE_BILINEAR, SOFTMAX, SQUEEZE, TRANSPOSE (of a"
            + " channel"
            + " shuffle)";

    /// An operator's output: its id in the graph and its shape.
    private record Value(int id, Shape shape) {}

    private final TfliteFile file;
    private final Map<Integer, Value> values = new HashMap<>();
    private final Map<Integer, TfliteTensor> halves = new HashMap<>();
    /// Padding that pooling may ignore, by padded tensor.
    private final Map<Integer, Padding.Explicit> leasts = new HashMap<>();
    private final Set<TfliteOperator> taken = new HashSet<>();
    private final List<GraphNode> nodes = new ArrayList<>();
    private final LayerNames names = new LayerNames();
    private final TfliteKernels kernels;
    private final TfliteActivations maps;

    /// Reads all operators of `file`, which is `bytes` long.
    ///
    /// @throws IllegalArgumentException if an operator or a tensor cannot be read, naming it
    TfliteNetworkReader(TfliteFile file, long bytes) {
        this.file = file;
        this.kernels = new TfliteKernels(bytes);
        this.maps = new TfliteActivations(tensor(file.input()));
        file.refuseUnread();
        values.put(file.input(), new Value(Node.INPUT, tensor(file.input()).shape()));
        for (var operator : file.operators()) {
            if (!taken.contains(operator)) {
                read(operator);
            }
        }
    }

    /// The network, called `name`.
    Network network(String name) {
        var output = value(file.output());
        return new Network(name, tensor(file.input()).shape(), SeriesParallel.tree(nodes, output.id()));
    }

    /// The quantization of its feature maps; empty for a float network.
    Optional<NetworkQuantization> quantization() {
        return maps.quantization();
    }

    /// The weights: a tensor for every parameter of every operator.
    Weights weights() {
        return kernels.weights();
    }

    private void read(TfliteOperator op) {
        switch (op.kind()) {
            case "CONV_2D" -> readConv(op);
            case "DEPTHWISE_CONV_2D" -> readDepthwise(op);
            case "FULLY_CONNECTED" -> readDense(op);
            case "AVERAGE_POOL_2D", "MAX_POOL_2D" -> readPool(op);
            case "MEAN" -> readMean(op);
            case "PAD" -> append(op, zeroPad(op));
            case "PADV2" -> readPadWithValue(op);
            case "RESIZE_BILINEAR" -> append(op, TfliteLayers.resize(op, tensor(op.input(1)), names.first("resize")));
            case "LOCAL_RESPONSE_NORMALIZATION" ->
                append(op, TfliteLayers.responseNorm(op, names.first("response_norm")));
            case "RESHAPE", "SQUEEZE" -> readReshape(op);
            case "SOFTMAX" -> readSoftmax(op);
            case "RELU" -> append(op, Activation.relu(names.first("relu")));
            case "RELU6" -> append(op, Activation.relu6(names.first("relu6")));
            case "LOGISTIC" -> append(op, new Sigmoid(names.first("sigmoid")));
            case "MUL" -> readJoin(op, Parallel.Join.MULTIPLY, names.first("multiply"));
            case "ADD" -> readJoin(op, Parallel.Join.ADD, names.first("add"));
            case "CONCATENATION" -> readJoin(op, Parallel.Join.CONCATENATE, names.first("concatenate"));
            case "QUANTIZE" -> readQuantize(op);
            case "DEQUANTIZE" -> readDequantize(op);
            case "TRANSPOSE" -> throw op.odd("it is not part of a channel shuffle; it is supported only there");
            default ->
                throw new BadValueException("has the operator " + op.kind() + ", which is not supported (operator "
                        + op.place() + " of " + file.operators().size() + "); supported operators: " + KNOWN);
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
        if (isVector && !maps.isQuantized()) {
            // TF-Slim's classifier is a 1x1 convolution on a 1x1 feature map, which is a dense layer. In integer
            // arithmetic the two differ: TFLite multiplies their scales in different precisions.
            addDense(op, kernel, List.of());
            return;
        }
        var name =
                isVector && file.isLastWithWeights(op) ? names.first("conv_preds") : names.conv(window.isPointwise());
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
            throw op.odd("its weights are in the shuffled format; only the default format is supported");
        }
        var before = inputOf(op).shape().pixels() == 1
                ? List.<Layer>of()
                : List.<Layer>of(new Flatten(names.first("flatten")));
        addDense(op, kernel(op, 2, 0), before);
    }

    private void addDense(TfliteOperator op, Tensor kernel, List<Layer> before) {
        var name = names.first(file.isLastWithWeights(op) ? "conv_preds" : "dense");
        kernels.addDense(name, kernel);
        addBias(op, name);
        var layers = new ArrayList<>(before);
        layers.addAll(List.of(activated(op, name, new Dense(name, kernel.dims().getFirst(), op.hasBias()))));
        append(op, layers.toArray(Layer[]::new));
    }

    private void readPool(TfliteOperator op) {
        var sliding = op.sliding();
        var input = inputOf(op).shape();
        boolean average = op.kind().equals("AVERAGE_POOL_2D");
        boolean whole = sliding.rows() == input.height() && sliding.columns() == input.width();
        // In integer arithmetic, MEAN is computed differently.
        if (average
                && whole
                && !maps.isQuantized()
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
            window = new Window(window.height(), window.width(), window.stride(), window.dilation(), around);
        }
        var name = names.first(average ? "average_pool" : "max_pool");
        append(op, op.fused(name, average ? Pool.average(name, window) : Pool.max(name, window)));
    }

    private void readMean(TfliteOperator op) {
        int rank = tensor(op.input(0)).dims().size();
        TfliteLayers.checkMean(op, tensor(op.input(1)), rank);
        if (maps.isQuantized() && tensor(op.output()).dims().size() != rank) {
            // TFLite rounds differently if the mean becomes a vector.
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

    private ZeroPad zeroPad(TfliteOperator op) {
        return new ZeroPad(names.first("zero_pad"), TfliteLayers.padding(op, tensor(op.input(1))));
    }

    /// Zero padding becomes a layer; padding with the lowest value becomes part of the max pooling after it.
    private void readPadWithValue(TfliteOperator op) {
        var map = tensor(op.input(0));
        var value = constant(op.input(2));
        if (TfliteLayers.isZero(value, map)) {
            append(op, zeroPad(op));
            return;
        }
        boolean isPooled = file.readers(op.output()).stream()
                .allMatch(reader -> reader.kind().equals("MAX_POOL_2D"));
        if (!TfliteLayers.isLeast(value, map) || !isPooled || op.output() == file.output()) {
            throw op.odd("it pads with " + value.number()
                    + "; only zero padding is supported, and padding with the lowest value before max pooling");
        }
        maps.checkSame(map, tensor(op.output()));
        leasts.put(op.output(), TfliteLayers.padding(op, tensor(op.input(1))));
        values.put(op.output(), inputOf(op));
    }

    private void readShuffle(TfliteOperator op, TfliteShuffle shuffle) {
        var shuffled = new ChannelShuffle(names.first("shuffle"), shuffle.groups());
        var input = inputOf(op);
        for (var part : List.of(op, shuffle.transpose(), shuffle.last())) {
            maps.checkSame(tensor(part.input(0)), tensor(part.output()));
        }
        taken.add(shuffle.transpose());
        taken.add(shuffle.last());
        append(shuffle.last(), GraphNode.of(op.toString(), input.id(), shuffled), input.shape());
    }

    private void readReshape(TfliteOperator op) {
        var shuffle = TfliteShuffle.find(file, op);
        if (shuffle != null) {
            readShuffle(op, shuffle);
            return;
        }
        var from = inputOf(op).shape();
        var to = tensor(op.output());
        if (to.shape().equals(from)) {
            maps.checkSame(tensor(op.input(0)), to);
            append(op);
        } else if (to.shape().equals(Shape.vector(from.elements()))) {
            append(op, new Flatten(names.first("flatten")));
        } else {
            throw op.odd("it reshapes " + from + " to " + Tensor.text(to.dims()) + "; only flattening is supported");
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
            throw op.odd("it joins " + inputs.size() + " feature maps; two or more are needed");
        }
        var shapes = inputs.stream().map(Value::shape).toList();
        var shape =
                TfliteLayers.joined(op, join, shapes, tensor(op.output()).dims().size());
        var ids = inputs.stream().map(Value::id).toList();
        var after = join == Parallel.Join.CONCATENATE ? op.fused(name) : activated(op, name);
        append(op, GraphNode.joining(name, join, ids, after), shape);
    }

    /// A linear operator with its activation, which is either named or only implied by the output's range.
    private Layer[] activated(TfliteOperator op, String name, Layer... layers) {
        var named = op.fused(name, layers);
        var stored = tensor(op.output()).impliedActivation();
        if (named.length > layers.length || stored.isEmpty()) {
            return named;
        }
        var all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = new Activation(name + "_relu", stored.get());
        return all;
    }

    /// `QUANTIZE`. At the start of a network it only gives the input's quantization, at the end the output's; elsewhere
    /// it changes the scale.
    private void readQuantize(TfliteOperator op) {
        var input = inputOf(op);
        var from = tensor(op.input(0));
        var to = tensor(op.output());
        boolean isFirst = input.id() == Node.INPUT && file.readers(op.input(0)).size() == 1;
        boolean isRelabeling = from.isQuantizedMap() && from.stored().meansTheSameAs(to.stored());
        if (isFirst && (isRelabeling || !from.isQuantizedMap())) {
            maps.inputIs(to.stored());
        } else if (!isRelabeling || op.output() != file.output()) {
            append(op, new Requantize(names.first("requantize")));
            return;
        }
        values.put(op.output(), new Value(input.id(), to.shape()));
    }

    /// `DEQUANTIZE`. Float16 weights reach the operators through one, and are kept as float16 here. At the end of a
    /// quantized network it only means that results are floats, as they always are here.
    private void readDequantize(TfliteOperator op) {
        var from = tensor(op.input(0));
        if (from.isConstant()) {
            halves.put(op.output(), from);
        } else if (op.output() == file.output() && from.isQuantizedMap()) {
            values.put(op.output(), inputOf(op));
        } else {
            throw op.odd("it dequantizes the feature map \"" + from.name() + "\" inside the network; only networks that"
                    + " are float or quantized from end to end are supported");
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
            throw op.odd("its output is " + shape + ", but the file says " + Tensor.text(output.dims()));
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
            throw new BadValueException(
                    "the tensor \"" + (index < 0 ? "(none)" : tensor(index).name())
                            + "\" is read as a feature map, but no earlier operator computes it");
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
