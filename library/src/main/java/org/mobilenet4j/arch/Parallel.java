package org.mobilenet4j.arch;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Branches that all read the same input, joined by concatenation of channels, by addition or by multiplication.
///
/// @param join how the branches' outputs are combined
/// @param branches two or more
public record Parallel(String name, Join join, List<Layer> branches) implements Layer {
    /// How the outputs of branches are combined.
    public enum Join {
        /// Channels side by side, in the order of the branches.
        CONCATENATE,
        /// Elementwise sum of feature maps of the same shape.
        ADD,
        /// Elementwise product of feature maps of the same shape.
        MULTIPLY
    }

    public Parallel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(join, "join");
        Objects.requireNonNull(branches, "branches");
        branches = List.copyOf(branches);
        if (branches.size() < 2) {
            throw new BadValueException(name + ": needs two branches or more, not " + branches.size());
        }
    }

    @Override
    public List<Layer> inner() {
        return branches;
    }

    @Override
    public Parallel mapInner(UnaryOperator<Layer> change) {
        return new Parallel(name, join, branches.stream().map(change).toList());
    }

    @Override
    public Shape outputShape(Shape input) {
        return join(branches.stream().map(branch -> branch.outputShape(input)).toList());
    }

    /// The shape of the joined branches.
    ///
    /// @throws IllegalArgumentException naming this layer and the shapes when they do not fit together
    Shape join(List<Shape> shapes) {
        var first = shapes.getFirst();
        int channels = 0;
        for (var shape : shapes) {
            boolean fits = join == Join.CONCATENATE
                    ? shape.withChannels(first.channels()).equals(first)
                    : shape.equals(first);
            if (!fits) {
                throw new BadValueException(
                        name + ": branches with outputs " + first + " and " + shape + " cannot be " + participle());
            }
            channels = BadValueException.toInt((long) channels + shape.channels());
        }
        return join == Join.CONCATENATE ? first.withChannels(channels) : first;
    }

    private String participle() {
        return switch (join) {
            case CONCATENATE -> "concatenated";
            case ADD -> "added";
            case MULTIPLY -> "multiplied";
        };
    }
}
