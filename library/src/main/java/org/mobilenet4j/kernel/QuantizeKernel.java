package org.mobilenet4j.kernel;

/// Real numbers become quantized values less their zero point: `round(real / scale)`, half away from zero, within the
/// type's range.
///
/// In floats: a quotient within the range has a fraction that floats hold exactly, and twice that, cut, is what
/// rounding adds to the quotient, cut. No number at all becomes zero.
public interface QuantizeKernel {
    /// Brings `count` numbers from `source` into `memory`.
    void run(float[] source, int from, float[] memory, int at, int count);

    /// As [Kernel#warmUp].
    default boolean warmUp(float[] memory, Warmth warmth) {
        return true;
    }
}
