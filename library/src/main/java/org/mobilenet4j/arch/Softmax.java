package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// `exp(x[c]) / sum over k of exp(x[k])` over the channels of each pixel: logits become probabilities that sum to 1.
public record Softmax(String name) implements Leaf {
    public Softmax {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
