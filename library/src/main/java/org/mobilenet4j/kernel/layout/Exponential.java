package org.mobilenet4j.kernel.layout;

/// `exp` as softmax wants it, the same in every variant of a kernel: for values up to 0, to 12 digits, below
/// [#LEAST] as there, where floats are 0. With `x = n ln 2 + r`, it is `2^n` times a polynomial of `r`.
public final class Exponential {
    /// What lesser values are taken for.
    public static final double LEAST = -700;

    /// `1 / ln 2`.
    public static final double INVERSE = 0x1.71547652b82fep0;

    /// `-ln 2`.
    public static final double MINUS_LOG = -0x1.62e42fefa39efp-1;

    /// A double plus this has its integer in its lowest bits, rounded to the nearest.
    public static final double ROUNDER = 0x1.8p52;

    /// Added to an integer, an exponent.
    public static final int BIAS = 1023;

    /// Bits right of a double's exponent.
    public static final int SHIFT = 52;

    private static final double[] COEFFICIENTS = {
        1.0 / 3_628_800, 1.0 / 362_880, 1.0 / 40_320, 1.0 / 5_040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1
    };

    private Exponential() {}

    /// The highest coefficient of the polynomial comes first.
    public static double coefficient(int index) {
        return COEFFICIENTS[index];
    }

    /// How many there are.
    public static int coefficients() {
        return COEFFICIENTS.length;
    }

    /// The value at `x`, which is 0 at most; NaN for NaN.
    public static double of(double x) {
        double least = Math.max(x, LEAST);
        double rounded = Math.fma(least, INVERSE, ROUNDER);
        double r = Math.fma(rounded - ROUNDER, MINUS_LOG, least);
        double sum = COEFFICIENTS[0];
        for (int i = 1; i < COEFFICIENTS.length; i++) {
            sum = Math.fma(sum, r, COEFFICIENTS[i]);
        }
        return sum * Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) + BIAS) << SHIFT);
    }
}
