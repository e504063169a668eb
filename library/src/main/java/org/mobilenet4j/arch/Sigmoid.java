package org.mobilenet4j.arch;

import org.mobilenet4j.tensor.Shape;

/// `1 / (1 + exp(-x))` of every value: logits become independent probabilities.
public record Sigmoid(String name) implements Leaf {
    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
