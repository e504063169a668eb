package org.mobilenet4j.arch;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// An elementwise function that is more than a clamp: unlike an [Activation], it is an operation of its own and is
/// never fused into the one before it.
///
/// @param function which one
/// @param alpha the function's parameter; 0 where it has none
public record Nonlinearity(String name, Curve function, double alpha) implements Leaf {
    public Nonlinearity {
        if (!Double.isFinite(alpha) || (!function.hasAlpha() && alpha != 0)) {
            throw new BadValueException(name + ": alpha of " + function + " must be "
                    + (function.hasAlpha() ? "finite" : "0") + ", not " + alpha);
        }
    }

    /// A function with its usual parameter.
    public static Nonlinearity of(String name, Curve function) {
        return new Nonlinearity(name, function, function.usualAlpha());
    }

    /// The function's value at `x`.
    public double at(double x) {
        return function.at(x, alpha);
    }

    /// The function's derivative at `x`; where it has none, that from the right.
    public double slopeAt(double x) {
        return function.slopeAt(x, alpha);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
