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
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.formats.graph.GraphRewrites;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.LayerNames;
import org.mobilenet4j.formats.graph.MapView;
import org.mobilenet4j.formats.graph.SeriesParallel;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// The state of reading a TFLite graph: constants, feature maps, and the nodes and weights of the network so far.
final class TfliteGraph {
    /// A feature map: its id among the nodes, and its shape.
    record Value(int id, Shape shape) {}

    private final TfliteFile file;
    private final TfliteFolding constants;
    private final TfliteKernels kernels;
    private final TfliteActivations maps;
    private final LayerNames names = new LayerNames();
    private final List<GraphNode> nodes = new ArrayList<>();
    private final Map<Integer, Value> values = new HashMap<>();
    private final Set<TfliteOperator> taken = new HashSet<>();
    private Shape input;

    /// @param bytes the file's size
    TfliteGraph(TfliteFile file, long bytes) {
        this.file = file;
        this.constants = new TfliteFolding(file, bytes);
        this.kernels = new TfliteKernels(bytes);
        this.maps = new TfliteActivations(tensor(file.input()));
        this.input = tensor(file.input()).shape();
        values.put(file.input(), new Value(Node.INPUT, input));
    }

    TfliteFile file() {
        return file;
    }

    TfliteFolding constants() {
        return constants;
    }

    TfliteKernels kernels() {
        return kernels;
    }

    TfliteActivations maps() {
        return maps;
    }

    List<GraphNode> nodes() {
        return nodes;
    }

    /// Whether the layer that makes the feature map `tensor` makes probabilities.
    boolean endsInProbabilities(int tensor) {
        int id = value(tensor).id();
        var layers = id == Node.INPUT ? List.<Layer>of() : nodes.get(id - 1).layers();
        return !layers.isEmpty() && layers.getLast().is(Trait.PROBABILITIES);
    }

    LayerNames names() {
        return names;
    }

    boolean isQuantized() {
        return maps.isQuantized();
    }

    /// Operators that were read with an earlier one.
    Set<TfliteOperator> taken() {
        return taken;
    }

    /// The tensor `index`, with its values if these are constant.
    TfliteTensor tensor(int index) {
        return constants.tensor(index);
    }

    Value inputOf(TfliteOperator op) {
        return value(op.input(0));
    }

    Value value(int index) {
        var value = values.get(index);
        if (value == null) {
            throw new BadValueException(
                    "the tensor \"" + (index < 0 ? "(none)" : tensor(index).name())
                            + "\" is read as a feature map, but no earlier operator computes it");
        }
        return value;
    }

    /// Makes `tensor` another name of `value`.
    void alias(int tensor, Value value) {
        values.put(tensor, value);
    }

    /// Whether `op` is the only one that reads the network's input.
    boolean isFirst(TfliteOperator op) {
        return inputOf(op).id() == Node.INPUT
                && nodes.isEmpty()
                && file.readers(op.input(0)).size() == 1;
    }

    /// Gives the network's input another shape, which `op` gave it before.
    void reshapeInput(TfliteOperator op, Shape shape) {
        input = shape;
        values.put(op.output(), new Value(Node.INPUT, shape));
    }

    void append(TfliteOperator op, Layer... layers) {
        var from = inputOf(op);
        var shape = from.shape();
        for (var layer : layers) {
            shape = layer.outputShape(shape);
        }
        append(op, GraphNode.of(op.toString(), from.id(), layers), shape);
    }

    /// Appends what has yet to become a layer, called `name`, and the activation of `op` behind it.
    ///
    /// @param from which input of `op` is the feature map
    void append(TfliteOperator op, String name, Idiom idiom, int from) {
        var value = value(op.input(from));
        append(op, op.input(from), GraphNode.of(name, value.id(), idiom), value.shape());
        var activation = op.fused(name);
        if (activation.length > 0) {
            append(op, op.output(), GraphNode.of(op.toString(), nodes.size(), activation), value.shape());
        }
    }

    void append(TfliteOperator op, GraphNode node, Shape shape) {
        append(op, op.input(0), node, shape);
    }

    private void append(TfliteOperator op, int from, GraphNode node, Shape shape) {
        var output = tensor(op.output());
        if (!MapView.shows(output.dims(), shape)) {
            throw op.odd("its output is " + shape + ", but the file says " + Tensor.text(output.dims()));
        }
        maps.add(op, tensor(from), output, node);
        nodes.add(node);
        values.put(op.output(), new Value(nodes.size(), shape));
    }

    /// Appends `layer`, which is stored as `to`.
    Value append(Value from, Layer layer, TfliteTensor to) {
        maps.put(layer.name(), to.stored());
        return append(GraphNode.of(layer.name(), from.id(), layer), layer.outputShape(from.shape()));
    }

    /// Appends what no tensor of the file stands for.
    Value append(GraphNode node, Shape shape) {
        nodes.add(node);
        return new Value(nodes.size(), shape);
    }

    /// A linear operator with its activation, which is either named or only implied by the output's range.
    Layer[] activated(TfliteOperator op, String name, Layer... layers) {
        var named = op.fused(name, layers);
        var stored = tensor(op.output()).impliedActivation();
        if (named.length > layers.length || stored.isEmpty()) {
            return named;
        }
        var all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = new Activation(name + "_relu", stored.get());
        return all;
    }

    /// The idioms in the graph, made layers.
    GraphRewrites rewritten() {
        return new GraphRewrites(nodes, value(file.output()).id(), kernels::add);
    }

    /// The network of the rewritten graph, called `name`.
    Network network(String name, GraphRewrites rewrites) {
        return new Network(
                name,
                input,
                SeriesParallel.tree(rewrites.nodes(), value(file.output()).id()));
    }

    /// The quantization of the feature maps of `network`; empty for a float network.
    Optional<NetworkQuantization> quantization(Network network) {
        return maps.quantization(network);
    }
}
