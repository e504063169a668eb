package org.mobilenet4j.arch;

import java.util.List;
import org.mobilenet4j.tensor.Shape;

/// One operation of a network laid out in order of execution.
///
/// @param id its place, from 1; 0 is the network's input
/// @param layer the leaf, or the [Parallel] whose branches are joined here
/// @param inputs ids of what it reads: one, or one for each branch of a join
/// @param input the shape it reads (of the first branch for a join)
/// @param output the shape it makes
public record Node(int id, Layer layer, List<Integer> inputs, Shape input, Shape output) {
    /// The id of the network's input.
    public static final int INPUT = 0;

    public Node {
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
