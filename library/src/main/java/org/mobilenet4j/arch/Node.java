package org.mobilenet4j.arch;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// One operation of a network in execution order.
///
/// @param id its position, from 1; 0 is the network's input
/// @param layer the leaf, or the [Parallel] whose branches are joined here
/// @param inputs ids of the values it reads: one, or one for each branch of a join
/// @param input input shape (of the first branch for a join)
/// @param output output shape
public record Node(int id, Layer layer, List<Integer> inputs, Shape input, Shape output) {
    /// The id of the network's input.
    public static final int INPUT = 0;

    public Node {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        inputs = List.copyOf(inputs);
    }

    /// The layer's name.
    public String name() {
        return layer.name();
    }

    /// The tensors that this operation needs.
    public List<Parameter> parameters() {
        return layer.parameters(input);
    }
}
