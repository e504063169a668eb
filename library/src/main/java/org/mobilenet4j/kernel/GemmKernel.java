package org.mobilenet4j.kernel;

/// Products of matrices, of which one is packed beforehand: `out[p, o] = bias[o] + sum over k of in[p, k] * packed[k,
/// o]`.
///
/// A pointwise convolution in training is one such product from its input to its output and one, with the weights
/// transposed, from its output's gradient to its input's. Whole vectors are written: rows of `out` have
/// `PixelStride.of(width)` floats at least, and what lies behind `width` becomes zero.
public interface GemmKernel {
    /// Floats of the packed matrix.
    int packedSize();

    /// Packs the matrix whose value `[k, o]` is `values[at + k * rowStride + o * columnStride]`.
    void pack(float[] values, int at, int rowStride, int columnStride, float[] packed);

    /// Multiplies `rows` rows of `in` from `inAt` on into `out` from `outAt` on.
    ///
    /// @param bias a value for each column, `PixelStride.of(width)` of them
    void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt);
}
