package org.mobilenet4j.compress.quantize;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;

/// The real numbers that a map is stored for; what lies outside is clipped. Zero is always inside,
/// since borders are zeros.
///
/// @param low at most 0
/// @param high at least 0
public record Range(float low, float high) {
    private static final int STEPS = 255;

    public Range {
        if (!(low <= 0 && high >= 0) || !Float.isFinite(high - low)) {
            throw new BadValueException("a range of numbers must be finite and hold 0, not " + low + " to " + high);
        }
    }

    /// The smallest range with `low`, `high` and 0 in it.
    public static Range of(float low, float high) {
        return new Range(Math.min(low, 0), Math.max(high, 0));
    }

    /// The smallest range with both in it.
    public Range union(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /// The same range, smaller by a factor at each end.
    ///
    /// @param lowShare of the low end, from 0 to 1
    /// @param highShare of the high end, from 0 to 1
    Range clipped(double lowShare, double highShare) {
        return new Range((float) (low * lowShare), (float) (high * highShare));
    }

    /// How numbers of this range are stored in 8 bits, asymmetrically: `scale = (high - low) / 255`,
    /// and the zero point is `least - low / scale`, rounded to an integer, half away from zero, so
    /// that zero is stored exactly (arXiv 1712.05877, section 3). Where the range is zero alone, the
    /// scale is 1.
    ///
    /// @param type [ElementType#INT8] or [ElementType#UINT8]
    public ActivationQuantization stored(ElementType type) {
        double scale = ((double) high - low) / STEPS;
        if (!((float) scale > 0)) {
            return new ActivationQuantization(type, 1, type.least());
        }
        long zero = Rounding.halfAway(type.least() - low / scale);
        return new ActivationQuantization(type, (float) scale, Math.clamp(zero, type.least(), type.greatest()));
    }
}
