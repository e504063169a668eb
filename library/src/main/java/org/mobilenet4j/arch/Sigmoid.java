package org.mobilenet4j.arch;

import org.mobilenet4j.tensor.Shape;

/// `1 / (1 + exp(-x))` of every value: scores become probabilities that do not depend on each other.
public record Sigmoid(String name) implements Leaf {
    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
