package org.mobilenet4j.formats.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;

/// An operation of a graph that another program wrote, with the layers that it becomes here.
///
/// @param name unique; names the join, and the operation in messages
/// @param inputs ids of the values it reads: 0 is the graph's input, `k + 1` the output of node `k`
/// @param join how several inputs are combined; null for an operation on a single input
/// @param layers applied after the join, in order; empty for an operation that changes nothing
public record GraphNode(String name, List<Integer> inputs, Parallel.@Nullable Join join, List<Layer> layers) {
    public GraphNode {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        if (join == null ? inputs.size() != 1 : inputs.size() < 2) {
            throw new BadValueException(name + ": reads " + inputs.size() + " values, which does not match its kind");
        }
    }

    /// An operation on one value.
    public static GraphNode of(String name, int input, Layer... layers) {
        return new GraphNode(name, List.of(input), null, List.of(layers));
    }

    /// A join of several values.
    public static GraphNode joining(String name, Parallel.Join join, List<Integer> inputs, Layer... layers) {
        return new GraphNode(name, inputs, join, List.of(layers));
    }
}
