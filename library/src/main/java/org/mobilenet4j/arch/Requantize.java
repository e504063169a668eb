package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// In a quantized network, converts values to another scale; in a float network, the identity.
///
/// @param roundsFloats whether integers multiply by the ratio of the scales as a float and round once, as TFLite does
///     where it joins maps of different scales; otherwise by a fixed-point number, and round twice
public record Requantize(String name, boolean roundsFloats) implements Leaf {
    public Requantize {
        Objects.requireNonNull(name, "name");
    }

    /// By a fixed-point number, as TFLite's QUANTIZE.
    public Requantize(String name) {
        this(name, false);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
