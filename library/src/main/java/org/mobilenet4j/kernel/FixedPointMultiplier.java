package org.mobilenet4j.kernel;

/// A positive real factor for integers, represented as in TFLite: `significand * 2^(shift - 31)`, with 31 bits of
/// significand (Jacob et al., arXiv 1712.05877, section 2.2).
///
/// As in TFLite, multiplication rounds twice: first when the low half of the product is dropped, then, half away
/// from zero, when the rest is shifted to the right.
///
/// @param significand from 0, for a factor too small to matter, to 2^31 - 1
/// @param shift exponent of two; a left shift if positive
public record FixedPointMultiplier(int significand, int shift) {
    private static final int BITS = 31;
    private static final long HALF = 1L << (BITS - 1);

    public FixedPointMultiplier {
        if (significand < 0 || shift < -BITS || shift >= BITS) {
            throw new IllegalArgumentException(
                    "a multiplier of " + significand + " * 2^" + (shift - BITS) + " is out of range");
        }
    }

    /// The multiplier nearest to `real`.
    ///
    /// @throws IllegalArgumentException if `real` is negative, not finite, or at least 2^30
    public static FixedPointMultiplier of(double real) {
        if (!(real >= 0 && real < 1 << (BITS - 1))) {
            throw new IllegalArgumentException(
                    "scales with a ratio of " + real + " are not supported; the ratio must be below 2^30");
        }
        if (real == 0) {
            return new FixedPointMultiplier(0, 0);
        }
        int shift = Math.getExponent(real) + 1;
        long significand = Math.round(Math.scalb(real, BITS - shift)); // half up, which is away from zero here
        if (significand == 1L << BITS) {
            significand /= 2;
            shift++;
        }
        return shift < -BITS ? new FixedPointMultiplier(0, 0) : new FixedPointMultiplier((int) significand, shift);
    }

    /// This divided by `count`, rounded down, as TFLite divides for a mean: the powers of two in `count` go into
    /// the shift, the rest into the significand.
    public FixedPointMultiplier over(int count) {
        int powers = Math.min(Integer.SIZE - 1 - Integer.numberOfLeadingZeros(count), BITS + shift);
        return new FixedPointMultiplier((int) (((long) significand << powers) / count), shift - powers);
    }

    /// `value` times this, rounded.
    public int apply(int value) {
        return divide(product(value, significand, shift), Math.max(-shift, 0));
    }

    /// `value` times a multiplier before the shift to the right.
    static int product(int value, int significand, int shift) {
        return highProduct(value << Math.max(shift, 0), significand);
    }

    /// `a * b / 2^31`, rounded to the nearest, half up.
    static int highProduct(int a, int b) {
        return (int) ((a * (long) b + HALF) >> BITS);
    }

    /// `value / 2^exponent`, rounded to the nearest, half up.
    static int divideHalfUp(int value, int exponent) {
        return (int) ((value + (1L << exponent >> 1)) >> exponent);
    }

    /// `value / 2^exponent`, rounded to the nearest, half away from zero.
    static int divide(int value, int exponent) {
        int mask = (int) ((1L << exponent) - 1);
        int threshold = (mask >>> 1) + (value < 0 ? 1 : 0);
        return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
    }
}
