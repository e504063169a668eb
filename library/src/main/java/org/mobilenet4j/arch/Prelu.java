package org.mobilenet4j.arch;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// A rectifier whose slopes below zero are learned, one for each channel: `out = in` from 0 up, `alpha[c] * in` below
/// (PReLU, arXiv 1502.01852).
public record Prelu(String name) implements Leaf {
    public Prelu {
        Objects.requireNonNull(name, "name");
    }

    /// The slope that training starts from.
    public static final double START = 0.25;

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
        return List.of(new Parameter("alpha", List.of(input.channels()), Parameter.Role.BIAS));
    }
}
