package org.mobilenet4j.kernel.quantized;

/// The range of quantized values and their zero point.
///
/// Memory holds values less the zero point.
///
/// @param least the least quantized value
/// @param greatest the greatest quantized value
/// @param zeroPoint the quantized value that stands for zero
public record QuantizedRange(int least, int greatest, int zeroPoint) {
    /// Whether the type is signed; for ranges narrowed by an activation, this is inferred from the zero point.
    boolean isSigned() {
        return least < 0;
    }

    /// What memory holds for the quantized value `number`, clamped to the range.
    public float clamp(int number) {
        return Math.clamp(number, least, greatest) - zeroPoint;
    }
}
