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

    /// The functions that it may be, in double precision. `alpha` is the parameter that some of them have.
    public enum Curve {
        /// `x` from 0 up, `alpha * x` below.
        LEAKY_RELU(0.01) {
            @Override
            double at(double x, double alpha) {
                return x >= 0 ? x : alpha * x;
            }

            @Override
            double slopeAt(double x, double alpha) {
                return x >= 0 ? 1 : alpha;
            }
        },
        /// `x` from 0 up, `alpha * (exp(x) - 1)` below (arXiv 1511.07289).
        ELU(1) {
            @Override
            double at(double x, double alpha) {
                return x >= 0 ? x : alpha * Math.expm1(x);
            }

            @Override
            double slopeAt(double x, double alpha) {
                return x >= 0 ? 1 : alpha * Math.exp(x);
            }
        },
        /// `alpha * x + 0.5`, clamped to 0 and 1. `alpha` is 1/6 in MobileNet v3, 0.2 in ONNX and Keras 2.
        HARD_SIGMOID(1 / 6.0) {
            @Override
            double at(double x, double alpha) {
                return Math.clamp(alpha * x + HALF, 0, 1);
            }

            @Override
            double slopeAt(double x, double alpha) {
                double line = alpha * x + HALF;
                return line > 0 && line < 1 ? alpha : 0;
            }
        },
        /// `x * clamp(x + 3, 0, 6) / 6`, of MobileNet v3 (arXiv 1905.02244).
        HARD_SWISH(0) {
            @Override
            double at(double x, double alpha) {
                return x * Math.clamp(x + 3, 0, 6) / 6;
            }

            @Override
            double slopeAt(double x, double alpha) {
                return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
            }
        },
        /// The hyperbolic tangent.
        TANH(0) {
            @Override
            double at(double x, double alpha) {
                return Math.tanh(x);
            }

            @Override
            double slopeAt(double x, double alpha) {
                double value = Math.tanh(x);
                return 1 - value * value;
            }
        },
        /// `x * P(X <= x)` for a standard normal `X` (arXiv 1606.08415).
        GELU(0) {
            @Override
            double at(double x, double alpha) {
                return x * normal(x);
            }

            @Override
            double slopeAt(double x, double alpha) {
                return normal(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            }
        },
        /// [#GELU] as `x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2`.
        GELU_TANH(0) {
            @Override
            double at(double x, double alpha) {
                return x * (1 + Math.tanh(inner(x))) / 2;
            }

            @Override
            double slopeAt(double x, double alpha) {
                double tanh = Math.tanh(inner(x));
                double innerSlope = Math.sqrt(2 / Math.PI) * (1 + 3 * CUBIC * x * x);
                return (1 + tanh + x * (1 - tanh * tanh) * innerSlope) / 2;
            }

            private static double inner(double x) {
                return Math.sqrt(2 / Math.PI) * (x + CUBIC * x * x * x);
            }
        },
        /// `x / (1 + exp(-x))`, also called swish (arXiv 1710.05941).
        SILU(0) {
            @Override
            double at(double x, double alpha) {
                return x / (1 + Math.exp(-x));
            }

            @Override
            double slopeAt(double x, double alpha) {
                double sigmoid = 1 / (1 + Math.exp(-x));
                return sigmoid * (1 + x * (1 - sigmoid));
            }
        };

        private static final double HALF = 0.5;
        private static final double CUBIC = 0.044715;
        /// From here on, the normal distribution is 0 or 1 to more digits than a float has.
        private static final double FAR = 9;

        private final double usualAlpha;

        Curve(double usualAlpha) {
            this.usualAlpha = usualAlpha;
        }

        /// The parameter that is usual, and that files leave out; 0 if there is none.
        public double usualAlpha() {
            return usualAlpha;
        }

        /// Whether it has a parameter.
        public boolean hasAlpha() {
            return usualAlpha != 0;
        }

        abstract double at(double x, double alpha);

        abstract double slopeAt(double x, double alpha);

        /// The standard normal distribution function, by a series of positive terms: `1/2 + d(x) * (x + x^3/3 + x^5/15
        /// +
        /// ...)` with the density `d`.
        private static double normal(double x) {
            if (Math.abs(x) >= FAR || Double.isNaN(x)) {
                return x < 0 ? 0 : x > 0 ? 1 : x;
            }
            double term = x;
            double sum = x;
            for (int k = 1; Math.abs(term) > Math.ulp(sum) / 2; k++) {
                term *= x * x / (2 * k + 1);
                sum += term;
            }
            return HALF + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        }
    }
}
