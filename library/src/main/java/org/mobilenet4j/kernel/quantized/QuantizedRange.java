package org.mobilenet4j.kernel.quantized;

/// How values are quantized: the range of what a map holds, and the number that stands for zero.
///
/// In memory a map holds them less the zero point.
///
/// @param least the least number
/// @param greatest the greatest number
/// @param zeroPoint the number that stands for zero
public record QuantizedRange(int least, int greatest, int zeroPoint) {
    /// Whether the type has a sign; ranges that an activation narrows have one or not as their zero point shows.
    boolean isSigned() {
        return least < 0;
    }

    /// What memory holds for the quantized value `number`, or for the end of the range that it is nearest to.
    public float clamp(int number) {
        return Math.clamp(number, least, greatest) - zeroPoint;
    }
}
