package org.mobilenet4j.formats.tfjs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.LayerNames;
import org.mobilenet4j.formats.graph.NetworkBuilder;
import org.mobilenet4j.formats.graph.NetworkBuilder.Value;
import org.mobilenet4j.tensor.Shape;

/// The feature maps of a TensorFlow graph, by the names of the nodes that compute them.
final class GraphDefMaps {
    private final NetworkBuilder builder;
    private final LayerNames names = new LayerNames();
    private final Map<String, Value> values = new HashMap<>();

    /// The dimensions of their tensors, for a batch of one.
    private final Map<String, List<Integer>> dims = new HashMap<>();

    /// @param input the node of the graph's input
    GraphDefMaps(GraphDefNode input, Shape shape) {
        this.builder = new NetworkBuilder(shape);
        put(input, builder.input(), input.shape().size());
    }

    NetworkBuilder builder() {
        return builder;
    }

    LayerNames names() {
        return names;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /// The dimensions of the tensor called `name`, batch first; null if it is no feature map.
    @Nullable
    List<Integer> dims(String name) {
        return dims.get(name);
    }

    /// Records that `node` is the same values as a tensor of other dimensions.
    void view(GraphDefNode node, String from, List<Integer> newDims) {
        alias(node, from);
        dims.put(node.name(), newDims);
    }

    void append(GraphDefNode node, String map, String stem, Idiom idiom) {
        alias(node, map);
        values.put(node.name(), builder.append(value(map), names.first(stem), idiom));
    }

    void join(GraphDefNode node, Parallel.Join join, List<String> inputs, String name) {
        if (inputs.isEmpty()) {
            throw node.odd("it joins nothing");
        }
        var all = inputs.stream().map(this::value).toList();
        var rank = dims.getOrDefault(inputs.getFirst(), List.of()).size();
        put(node, builder.join(name, join, all), rank);
    }

    void append(GraphDefNode node, Layer... layers) {
        var from = Objects.requireNonNull(dims.getOrDefault(node.input(0), List.of()));
        var value = builder.append(inputOf(node), layers);
        if (value.shape().equals(inputOf(node).shape())) {
            values.put(node.name(), value);
            dims.put(node.name(), from);
        } else if (value.shape().pixels() > 1 && from.size() == 2) {
            // A dense layer over a map: pixels by channels.
            values.put(node.name(), value);
            dims.put(node.name(), List.of(value.shape().pixels(), value.shape().channels()));
        } else {
            put(
                    node,
                    value,
                    (node.op().equals("Mean") || node.op().equals("Max")) && !node.flag("keep_dims") ? 2 : from.size());
        }
    }

    /// Records what `node` computes, as a tensor of 4 dimensions or fewer.
    void put(GraphDefNode node, Value value, int rank) {
        var shape = value.shape();
        values.put(node.name(), value);
        dims.put(
                node.name(),
                rank == 4 ? List.of(1, shape.height(), shape.width(), shape.channels()) : List.of(1, shape.elements()));
    }

    /// Makes `node` another name of the feature map `from`.
    void alias(GraphDefNode node, String from) {
        values.put(node.name(), value(from));
        dims.put(node.name(), dims.getOrDefault(from, List.of()));
    }

    Value inputOf(GraphDefNode node) {
        return value(node.input(0));
    }

    Value value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new BadValueException(
                    "the node \"" + name + "\" is read as a feature map, but no earlier node computes it");
        }
        return value;
    }
}
