package org.mobilenet4j.formats.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;

/// An operation of a graph that another program wrote, with the layers that it becomes here.
///
/// @param name unique; names the join, the layer that an idiom becomes, and the operation in messages
/// @param inputs ids of the values it reads: 0 is the graph's input, `k + 1` the output of node `k`
/// @param join how several inputs are combined; null for an operation on a single input
/// @param layers applied after the join, in order; empty for an operation that changes nothing
/// @param idiom what [GraphRewrites] has yet to make a layer of, applied after `layers`; null for nothing
public record GraphNode(
        String name,
        List<Integer> inputs,
        Parallel.@Nullable Join join,
        List<Layer> layers,
        @Nullable Idiom idiom) {
    public GraphNode {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        if (join == null ? inputs.size() != 1 : inputs.size() < 2) {
            throw new BadValueException(name + ": reads " + inputs.size() + " values, which does not match its kind");
        }
    }

    /// An operation on one value.
    public static GraphNode of(String name, int input, Layer... layers) {
        return new GraphNode(name, List.of(input), null, List.of(layers), null);
    }

    /// An operation on one value that is no layer yet.
    public static GraphNode of(String name, int input, Idiom idiom) {
        return new GraphNode(name, List.of(input), null, List.of(), idiom);
    }

    /// A join of several values.
    public static GraphNode joining(String name, Parallel.Join join, List<Integer> inputs, Layer... layers) {
        return new GraphNode(name, inputs, join, List.of(layers), null);
    }

    /// The same operation as other layers.
    public GraphNode withLayers(List<Layer> newLayers) {
        return new GraphNode(name, inputs, join, newLayers, idiom);
    }

    /// The same operation with another idiom.
    public GraphNode withIdiom(@Nullable Idiom newIdiom) {
        return new GraphNode(name, inputs, join, layers, newIdiom);
    }
}
