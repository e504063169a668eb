package org.mobilenet4j.arch;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mobilenet4j.tensor.Shape;

/// A layer, as an immutable value: what it is, not what it has learned and not how it is computed.
///
/// Leaves are operations; [Sequence] and [Parallel] combine them, so that a network is a series-parallel tree.
/// Everything else about a network (shapes, cost, the names of its weights, the plan that runs it) is derived from it.
///
/// Switches over layers have no default, so that the compiler names each place that must know a new layer.
public sealed interface Layer permits Leaf, Sequence, Parallel {

    /// The name, unique in its network: Keras's where Keras has the layer. Combinators may have an empty one.
    String name();

    /// The shape this layer makes of `input`.
    ///
    /// @throws IllegalArgumentException naming the layer and the shapes when `input` does not fit
    Shape outputShape(Shape input);

    /// The tensors this layer needs for an input of `input`, in the order of their use; empty for most layers.
    default List<Parameter> parameters(Shape input) {
        return List.of();
    }

    /// Whether the layer has a trait.
    default boolean is(Trait trait) {
        return Trait.of(this).contains(trait);
    }

    /// The layers right inside this one, in order; none for a leaf.
    List<Layer> inner();

    /// This layer with what `change` makes of each layer right inside it; a leaf itself.
    Layer mapInner(UnaryOperator<Layer> change);

    /// This tree with what `change` makes of each of its leaves, in order. Combinators keep their names.
    default Layer map(Function<Leaf, Layer> change) {
        return switch (this) {
            case Leaf leaf -> change.apply(leaf);
            case Sequence _, Parallel _ -> mapInner(inner -> inner.map(change));
        };
    }
}
