package org.mobilenet4j.kernel.training;

/// Depthwise convolution in training: a separate filter for each channel, and its gradient. A
/// [org.mobilenet4j.kernel.layout.TapLayout] describes the layout of the input.
public interface DepthwiseTrainingKernel {
    /// `out[y, x, c] = sum over taps (i, j) of in[y, x, i, j, c] * weights[i, j, c]`, for whole rows.
    ///
    /// @param in the first window starts at `inAt`
    /// @param weights for each tap, one value per channel
    /// @param outStride from one output pixel to the next, rows one after the other
    void filter(float[] in, int inAt, float[] weights, float[] out, int outAt, int outStride, int rows, int columns);

    /// The same, while what is ahead may be asked for.
    default void filter(
            float[] in,
            int inAt,
            float[] weights,
            float[] out,
            int outAt,
            int outStride,
            int rows,
            int columns,
            Ahead ahead) {
        filter(in, inAt, weights, out, outAt, outStride, rows, columns);
    }

    /// `sums[i, j, c] += sum over pixels (y, x) of in[y, x, i, j, c] * gradient[y, x, c]`, for whole rows.
    ///
    /// @param gradient of the output: its first pixel at `gradientAt`, pixels `gradientStep` and rows
    ///     `gradientRow` apart
    void addGradient(
            float[] in,
            int inAt,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            int gradientRow,
            int rows,
            int columns,
            float[] sums);
}
