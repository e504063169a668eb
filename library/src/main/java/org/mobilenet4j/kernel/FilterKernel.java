package org.mobilenet4j.kernel;

/// A filter for each channel by itself, and its gradient: what depthwise convolutions do in training.
///
/// The input lies in working memory with zeros around it wherever the filter reaches: pixels `pixelStep` apart (the
/// stride times a pixel's floats), rows `rowStep` apart, neighbouring taps `columnTap` and `rowTap`. Channels are a
/// multiple of [PixelStride#FLOATS].
///
/// @param height rows of taps
/// @param width columns of taps
/// @param rowStep from the window of one output row to the next row's, in floats
/// @param pixelStep from the window of one output pixel to the next pixel's
/// @param rowTap from one tap to the tap below
/// @param columnTap from one tap to the next in its row
/// @param channels floats of a pixel
public record FilterKernel(
        Arithmetic arithmetic,
        int height,
        int width,
        int rowStep,
        int pixelStep,
        int rowTap,
        int columnTap,
        int channels) {
    /// `out[y, x, c] = sum over taps (i, j) of in[y, x, i, j, c] * weights[i, j, c]`, for whole rows.
    ///
    /// @param in the first window starts at `inAt`
    /// @param weights for each tap a value for each channel
    /// @param outStride from one output pixel to the next, rows one after the other
    public void filter(
            float[] in, int inAt, float[] weights, float[] out, int outAt, int outStride, int rows, int columns) {
        for (int y = 0; y < rows; y++) {
            int source = inAt + y * rowStep;
            int target = outAt + y * columns * outStride;
            if (arithmetic == Arithmetic.SCALAR) {
                ScalarFilter.row(this, in, source, weights, out, target, outStride, columns);
            } else {
                VectorFilter.row(this, in, source, weights, out, target, outStride, columns);
            }
        }
    }

    /// `sums[i, j, c] += sum over pixels (y, x) of in[y, x, i, j, c] * gradient[y, x, c]`, for whole rows.
    ///
    /// @param gradient of the output: its first pixel at `gradientAt`, pixels `gradientStep` and rows `gradientRow`
    ///     apart
    public void addGradient(
            float[] in,
            int inAt,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            int gradientRow,
            int rows,
            int columns,
            float[] sums) {
        for (int y = 0; y < rows; y++) {
            int source = inAt + y * rowStep;
            int other = gradientAt + y * gradientRow;
            if (arithmetic == Arithmetic.SCALAR) {
                ScalarFilter.addRow(this, in, source, gradient, other, gradientStep, columns, sums);
            } else {
                VectorFilter.addRow(this, in, source, gradient, other, gradientStep, columns, sums);
            }
        }
    }
}
