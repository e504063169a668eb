package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Builds a [Network] and its [Weights] from the operations of another program's graph, added in order of execution.
public final class NetworkBuilder {
    /// A feature map of the graph: its id as in [GraphNode], and its shape.
    public record Value(int id, Shape shape) {}

    private final InputScaling scaling = new InputScaling();
    private final List<GraphNode> nodes = new ArrayList<>();
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private Shape input;
    private @Nullable OutputOperator operator;

    public NetworkBuilder(Shape input) {
        this.input = input;
    }

    /// The input of the graph.
    public Value input() {
        return new Value(Node.INPUT, input);
    }

    /// Gives the input another shape, which the first operation gave it before.
    ///
    /// @throws IllegalArgumentException if there are operations before it
    public Value reshapeInput(Shape shape) {
        if (!nodes.isEmpty()) {
            throw new BadValueException("reshapes its input in one of several branches, which is not supported");
        }
        input = shape;
        return input();
    }

    /// `wanted`, or a similar name that no layer has yet.
    public String name(String wanted) {
        var base = wanted.isBlank() ? "layer" : wanted.replace('/', '_');
        var name = base;
        while (!names.add(name)) {
            name = base + "_" + (counts.merge(base, 1, Integer::sum) + 1);
        }
        return name;
    }

    /// Adds an operation on `from` that applies `layers` one after the other.
    ///
    /// @throws IllegalArgumentException if a layer does not fit
    public Value append(Value from, Layer... layers) {
        if (layers.length == 0) {
            return from;
        }
        var shape = from.shape();
        for (var layer : layers) {
            shape = layer.outputShape(shape);
        }
        nodes.add(GraphNode.of(layers[0].name(), from.id(), layers));
        return new Value(nodes.size(), shape);
    }

    /// Adds what [GraphRewrites] makes a layer of, called `name`.
    public Value append(Value from, String name, Idiom idiom) {
        nodes.add(GraphNode.of(name, from.id(), idiom));
        return new Value(nodes.size(), from.shape());
    }

    /// Adds a dense layer that is applied to the channels of each pixel: a convolution of one tap.
    ///
    /// @param kernel inputs by outputs
    /// @throws IllegalArgumentException if it does not fit
    public Conv denseOverMap(Value from, String name, Tensor kernel, boolean bias) {
        var dims = kernel.dims();
        if (dims.size() != 2 || dims.get(0) != from.shape().channels()) {
            throw new BadValueException(
                    name + " has a kernel of " + Tensor.text(dims) + ", which does not fit " + from.shape());
        }
        weight(name, "kernel", Tensor.of(kernel.bytes(), kernel.type(), List.of(1, 1, dims.get(0), dims.get(1))));
        return new Conv(name, dims.get(1), Window.POINTWISE, 1, bias);
    }

    /// Joins several feature maps.
    ///
    /// @throws IllegalArgumentException if their shapes do not match
    public Value join(String name, Parallel.Join join, List<Value> from) {
        if (from.size() < 2) {
            throw new BadValueException(name + " joins " + from.size() + " feature maps; two or more are needed");
        }
        var first = from.getFirst().shape();
        long channels = 0;
        for (var value : from) {
            var shape = value.shape();
            if (join == Parallel.Join.CONCATENATE
                    ? !shape.withChannels(1).equals(first.withChannels(1))
                    : !shape.equals(first)) {
                throw new BadValueException(
                        name + " joins feature maps of " + first + " and " + shape + ", which do not match");
            }
            channels += shape.channels();
        }
        var ids = from.stream().map(Value::id).toList();
        nodes.add(GraphNode.joining(name, join, ids));
        return new Value(
                nodes.size(),
                join == Parallel.Join.CONCATENATE ? first.withChannels(BadValueException.toInt(channels)) : first);
    }

    /// Joins all predictions of a detector.
    public Value join(Heads heads) {
        int id = heads.append(nodes, this::name);
        return new Value(id, Shape.vector(heads.count() * (BoxOutputs.VALUES + heads.width())));
    }

    /// The operations so far.
    public List<GraphNode> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /// Sets a weight tensor of the layer called `layer`.
    public void weight(String layer, String parameter, Tensor tensor) {
        weights.put(layer + "/" + parameter, tensor);
    }

    /// The network that ends in `output`. Idioms become layers, and zero padding is folded into the convolution that
    /// follows it.
    ///
    /// @throws IllegalArgumentException if the graph is not series-parallel, or an idiom has no layer
    public Network network(String name, Value output) {
        var rewrites = new GraphRewrites(nodes, output.id(), weights::put);
        if (rewrites.scaling().isScaled()) {
            scaling.then(rewrites.scaling());
        }
        operator = rewrites.outputOperator().orElse(null);
        return new Network(name, input, PadFolding.fold(SeriesParallel.tree(rewrites.nodes(), output.id())));
    }

    /// What is done to the pixels before the network, once that was made.
    public InputScaling scaling() {
        return scaling;
    }

    /// What the graph ended with, and the network, once made, does not.
    public Optional<OutputOperator> outputOperator() {
        return Optional.ofNullable(operator);
    }

    /// All weights.
    public Weights weights() {
        return new Weights(weights);
    }
}
