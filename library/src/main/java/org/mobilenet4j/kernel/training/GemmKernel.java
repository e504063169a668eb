package org.mobilenet4j.kernel.training;

/// Matrix product with one packed matrix: `out[p, o] = bias[o] + sum over k of in[p, k] * packed[k, o]`.
///
/// In training, a pointwise convolution is one such product from its input to its output and another, with
/// transposed weights, from its output's gradient to its input's. Whole vectors are written: rows of `out` have at
/// least `PixelStride.of(width)` floats, and those after `width` become zero.
public interface GemmKernel {
    /// The size of the packed matrix in floats.
    int packedSize();

    /// Packs the matrix whose value `[k, o]` is `values[at + k * rowStride + o * columnStride]`; one of the strides
    /// is 1.
    void pack(float[] values, int at, int rowStride, int columnStride, float[] packed);

    /// Multiplies `rows` rows of `in` from `inAt` on into `out` from `outAt` on.
    ///
    /// @param bias one value per column, `PixelStride.of(width)` of them
    void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt);

    /// The same, while what is ahead may be asked for.
    default void multiply(
            float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt, Ahead ahead) {
        multiply(in, inAt, rows, packed, bias, out, outAt);
    }
}
