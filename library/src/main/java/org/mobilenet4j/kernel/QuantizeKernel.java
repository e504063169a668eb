package org.mobilenet4j.kernel;

/// Quantizes real values, less the zero point: `round(real / scale)`, half away from zero, clamped to the type's range.
///
/// Computed in floats: the fraction of a quotient within the range is exact in floats, and truncating twice that
/// fraction gives what rounding adds to the truncated quotient. NaN becomes zero.
public interface QuantizeKernel {
    /// Quantizes `count` values from `source` into `memory`.
    void run(float[] source, int from, float[] memory, int at, int count);

    /// As [Kernel#warmUp].
    default boolean warmUp(float[] memory, Warmth warmth) {
        return true;
    }
}
