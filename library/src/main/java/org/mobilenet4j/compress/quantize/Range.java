package org.mobilenet4j.compress.quantize;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;

/// The range of real numbers that a quantized activation covers; values outside are clipped. Zero is always inside,
/// because of zero padding.
///
/// @param low at most 0
/// @param high at least 0
public record Range(float low, float high) {
    private static final int STEPS = 255;

    public Range {
        if (!(low <= 0 && high >= 0) || !Float.isFinite(high - low)) {
            throw new BadValueException("a range must be finite and contain 0, not " + low + " to " + high);
        }
    }

    /// The smallest range that contains `low`, `high` and 0.
    public static Range of(float low, float high) {
        return new Range(Math.min(low, 0), Math.max(high, 0));
    }

    /// The smallest range that contains both.
    public Range union(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /// This range, scaled by a factor at each end.
    ///
    /// @param lowShare factor of the low end, from 0 to 1
    /// @param highShare factor of the high end, from 0 to 1
    Range clipped(double lowShare, double highShare) {
        return new Range((float) (low * lowShare), (float) (high * highShare));
    }

    /// The asymmetric 8-bit quantization of this range: `scale = (high - low) / 255`, and the zero point is
    /// `least - low / scale`, rounded to an integer, half away from zero, so that zero is represented exactly
    /// (arXiv 1712.05877, section 3). If the range is only zero, the scale is 1.
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
