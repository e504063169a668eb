package org.mobilenet4j.kernel.bfloat16;

/// Rounds rows of floats to pairs of numbers as [Bfloat16#pair] makes them, 32 bits each, in arrays of floats. Whole
/// vectors are written: `outStride` is at least [org.mobilenet4j.kernel.layout.PixelStride#of] of a row's pairs, behind
/// which there are zeros up to that.
public interface RoundingKernel {
    /// Pairs neighbors of a row; a last one that is left goes with zero. `rows` rows of `floats` floats, from `at` on
    /// and `stride` apart, become as many rows of half as many pairs, from `outAt` on and `outStride` apart.
    void neighbors(float[] in, int at, int stride, int rows, int floats, float[] out, int outAt, int outStride);

    /// Pairs what lies in two rows at the same place; a last row that is left goes with zeros. Half as many rows come
    /// out, of `floats` pairs.
    void rows(float[] in, int at, int stride, int rows, int floats, float[] out, int outAt, int outStride);
}
