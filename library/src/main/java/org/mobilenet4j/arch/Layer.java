package org.mobilenet4j.arch;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mobilenet4j.tensor.Shape;

/// A layer as an immutable value: its configuration, without weights and without the way it is computed.
///
/// Leaves are operations; [Sequence] and [Parallel] combine them, so that a network is a series-parallel tree.
/// Everything else about a network (shapes, cost, the names of its weights, the plan that runs it) is derived from it.
///
/// Switches over layers have no default, so the compiler finds each one that must handle a new layer.
public sealed interface Layer permits Leaf, Sequence, Parallel {

    /// The name, unique in its network; Keras's name where Keras has the layer. Combinators may have an empty
    /// name.
    String name();

    /// The output shape for an input of shape `input`.
    ///
    /// @throws IllegalArgumentException naming the layer and the shapes when `input` does not fit
    Shape outputShape(Shape input);

    /// The tensors this layer needs for an input of shape `input`, in order of use; empty for most layers.
    default List<Parameter> parameters(Shape input) {
        return List.of();
    }

    /// Whether the layer has a trait.
    default boolean is(Trait trait) {
        return Trait.of(this).contains(trait);
    }

    /// The direct children of this layer, in order; none for a leaf.
    List<Layer> inner();

    /// This layer with `change` applied to each of its direct children; a leaf is returned as it is.
    Layer mapInner(UnaryOperator<Layer> change);

    /// This tree with `change` applied to each of its leaves, in order. Combinators keep their names.
    default Layer map(Function<Leaf, Layer> change) {
        return switch (this) {
            case Leaf leaf -> change.apply(leaf);
            case Sequence _, Parallel _ -> mapInner(inner -> inner.map(change));
        };
    }
}
