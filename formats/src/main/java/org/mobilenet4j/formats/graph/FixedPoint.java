package org.mobilenet4j.formats.graph;

import org.mobilenet4j.error.BadValueException;

/// A positive factor for integers, as TFLite has it: 31 bits of significand and a power of two, rounded twice.
///
/// @param significand below 2^31
/// @param shift to the left, if positive
public record FixedPoint(int significand, int shift) {
    private static final int BITS = 31;

    /// The factor nearest to `real`.
    ///
    /// @throws IllegalArgumentException if it is not positive, or 2^30 or more
    public static FixedPoint of(double real) {
        if (!(real > 0 && real < 1 << (BITS - 1))) {
            throw new BadValueException("its scales have a ratio of " + real + "; it must lie between 0 and 2^30");
        }
        int shift = Math.getExponent(real) + 1;
        long significand = Math.round(Math.scalb(real, BITS - shift));
        if (significand == 1L << BITS) {
            significand /= 2;
            shift++;
        }
        return shift < -BITS ? new FixedPoint(0, 0) : new FixedPoint((int) significand, shift);
    }

    /// `value` times this: the low half of the product is dropped, rounding half up, and the rest shifted, rounding
    /// half away
    /// from zero.
    public int apply(int value) {
        int high = (int) (((value << Math.max(shift, 0)) * (long) significand + (1L << (BITS - 1))) >> BITS);
        int right = Math.max(-shift, 0);
        int mask = (int) ((1L << right) - 1);
        int threshold = (mask >>> 1) + (high < 0 ? 1 : 0);
        return (high >> right) + ((high & mask) > threshold ? 1 : 0);
    }
}
