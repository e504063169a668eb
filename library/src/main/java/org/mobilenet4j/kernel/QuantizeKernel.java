package org.mobilenet4j.kernel;

/// Real numbers become stored numbers less their zero point: `round(real / scale)`, half away from zero, within the
/// type's range.
///
/// In floats: a quotient within the range has a fraction that floats hold exactly, and twice that, cut, is what
/// rounding adds to the quotient, cut. No number at all becomes zero.
public sealed interface QuantizeKernel permits ScalarQuantize, VectorQuantize {
    /// A kernel for numbers of one type.
    ///
    /// @param scale what one step stands for
    /// @param low the least number that is stored, less the zero point: from -255 to 0
    /// @param high the greatest, from 0 to 255
    static QuantizeKernel create(Arithmetic arithmetic, float scale, int low, int high) {
        if (!(scale > 0) || low > 0 || high < 0) {
            throw new IllegalArgumentException(
                    "real numbers cannot be stored as " + low + " to " + high + " steps of " + scale);
        }
        return switch (arithmetic) {
            case SCALAR -> new ScalarQuantize(scale, low, high);
            case VECTOR -> new VectorQuantize(scale, low, high);
        };
    }

    /// Brings `count` numbers from `source` into `memory`.
    void run(float[] source, int from, float[] memory, int at, int count);

    /// As [Kernel#warmUp].
    default boolean warmUp(float[] memory, Warmth warmth) {
        return true;
    }
}
