package org.mobilenet4j.arch;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.mobilenet4j.tensor.Shape;

/// Layers one after the other; an empty sequence is the identity.
///
/// @param name of the block, or empty
public record Sequence(String name, List<Layer> layers) implements Layer {
    public Sequence {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(layers, "layers");
        layers = List.copyOf(layers);
    }

    /// An unnamed sequence.
    public static Sequence of(Layer... layers) {
        Objects.requireNonNull(layers, "layers");
        return new Sequence("", List.of(layers));
    }

    /// The identity: the shortcut of a residual block.
    public static Sequence identity() {
        return of();
    }

    @Override
    public List<Layer> inner() {
        return layers;
    }

    @Override
    public Sequence mapInner(UnaryOperator<Layer> change) {
        return new Sequence(name, layers.stream().map(change).toList());
    }

    @Override
    public Shape outputShape(Shape input) {
        var shape = input;
        for (var layer : layers) {
            shape = layer.outputShape(shape);
        }
        return shape;
    }
}
