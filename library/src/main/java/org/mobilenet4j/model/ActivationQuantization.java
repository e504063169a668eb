package org.mobilenet4j.model;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;

/// How a quantized network stores one feature map: `real = scale * (stored - zeroPoint)`.
///
/// @param type [ElementType#INT8] or [ElementType#UINT8]
/// @param scale positive and finite
/// @param zeroPoint the number that stands for zero, one that the type stores
public record ActivationQuantization(ElementType type, float scale, int zeroPoint) {
    public ActivationQuantization {
        if (type != ElementType.INT8 && type != ElementType.UINT8) {
            throw new BadValueException("feature maps are stored as INT8 or UINT8, not as " + type);
        }
        if (!(scale > 0) || !Float.isFinite(scale)) {
            throw new BadValueException("a feature map's scale must be positive and finite, not " + scale);
        }
        if (zeroPoint < type.least() || zeroPoint > type.greatest()) {
            throw new BadValueException("a feature map's zero point must lie from " + type.least() + " to "
                    + type.greatest() + " of " + type + ", not at " + zeroPoint);
        }
    }

    /// The least stored number less the zero point.
    public int low() {
        return type.least() - zeroPoint;
    }

    /// The greatest stored number less the zero point.
    public int high() {
        return type.greatest() - zeroPoint;
    }

    /// Whether the same real numbers are stored, even if by numbers that are shifted, as UINT8 and INT8 are.
    public boolean meansTheSameAs(ActivationQuantization other) {
        return scale == other.scale && low() == other.low();
    }

    /// `uint8, scale 0.0078125, zero point 128`.
    @Override
    public String toString() {
        return type.toString().toLowerCase(java.util.Locale.ROOT) + ", scale " + scale + ", zero point " + zeroPoint;
    }
}
