package org.mobilenet4j.model;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;

/// The quantization of one feature map: `real = scale * (quantized - zeroPoint)`.
///
/// @param type [ElementType#INT8] or [ElementType#UINT8]
/// @param scale positive and finite
/// @param zeroPoint the quantized value of zero, within the range of the type
public record ActivationQuantization(ElementType type, float scale, int zeroPoint) {
    public ActivationQuantization {
        Objects.requireNonNull(type, "type");
        if (type != ElementType.INT8 && type != ElementType.UINT8) {
            throw new BadValueException("feature maps are quantized to INT8 or UINT8, not to " + type);
        }
        if (!(scale > 0) || !Float.isFinite(scale)) {
            throw new BadValueException("a feature map's scale must be positive and finite, not " + scale);
        }
        if (zeroPoint < type.least() || zeroPoint > type.greatest()) {
            throw new BadValueException("a feature map's zero point must lie from " + type.least() + " to "
                    + type.greatest() + " of " + type + ", not at " + zeroPoint);
        }
    }

    /// The smallest quantized value minus the zero point.
    public int low() {
        return type.least() - zeroPoint;
    }

    /// The largest quantized value minus the zero point.
    public int high() {
        return type.greatest() - zeroPoint;
    }

    /// Whether both represent the same real numbers, even if the quantized values are shifted, as between UINT8
    /// and INT8.
    public boolean meansTheSameAs(ActivationQuantization other) {
        return scale == other.scale && low() == other.low();
    }

    /// `uint8, scale 0.0078125, zero point 128`.
    @Override
    public String toString() {
        return type.toString().toLowerCase(java.util.Locale.ROOT) + ", scale " + scale + ", zero point " + zeroPoint;
    }
}
