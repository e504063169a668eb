package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// `1 / (1 + exp(-x))` of every value: logits become independent probabilities.
public record Sigmoid(String name) implements Leaf {
    public Sigmoid {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
