package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Local response normalization across neighboring channels, as in AlexNet:
/// `out[c] = in[c] / (k + alpha / n * sum over |j - c| <= n/2 of in[j]^2) ^ beta`.
///
/// @param size channels in the neighborhood, n, odd
/// @param alpha scale of the sum
/// @param beta exponent
/// @param k added to the sum
public record LocalResponseNorm(String name, int size, double alpha, double beta, double k) implements Leaf {
    public LocalResponseNorm {
        Objects.requireNonNull(name, "name");
        if (size < 1 || size % 2 == 0) {
            throw new BadValueException(name + ": the neighborhood must be odd, not " + size);
        }
    }

    /// The constants of AlexNet's published model: five channels, alpha 1e-4, beta 0.75, k 1.
    public static LocalResponseNorm alexNet(String name) {
        return new LocalResponseNorm(name, 5, 1e-4, 0.75, 1);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
