package org.mobilenet4j.kernel;

/// A positive real factor for integers, as TFLite keeps it: `significand * 2^(shift - 31)`, with 31 bits of
/// significand (Jacob et al., arXiv 1712.05877, section 2.2).
///
/// Multiplying rounds twice, as there: once when the low half of the product is dropped, and once more, half
/// away from zero, when the rest is shifted to the right.
///
/// @param significand from 0, for a factor too small to matter, to 2^31 - 1
/// @param shift powers of two; to the left where positive
public record FixedPointMultiplier(int significand, int shift) {
    private static final int BITS = 31;
    private static final long HALF = 1L << (BITS - 1);

    public FixedPointMultiplier {
        if (significand < 0 || shift < -BITS || shift >= BITS) {
            throw new IllegalArgumentException(
                    "a multiplier of " + significand + " * 2^" + (shift - BITS) + " is outside of what is computed");
        }
    }

    /// The nearest multiplier to `real`.
    ///
    /// @throws IllegalArgumentException when it is negative, not finite, or 2^30 and more
    public static FixedPointMultiplier of(double real) {
        if (!(real >= 0 && real < 1 << (BITS - 1))) {
            throw new IllegalArgumentException("scales whose ratio is " + real
                    + " cannot be computed with; they must be within 2^30 of each other");
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

    /// This divided by `count`, rounded down, as TFLite divides for a mean: by as many powers of two as there
    /// are in the count through the shift, and by the rest through the significand.
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
