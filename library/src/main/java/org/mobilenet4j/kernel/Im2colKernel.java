package org.mobilenet4j.kernel;

/// Copies the values under a window into a row, as contiguous runs one after the other (im2col).
///
/// Whole vectors are copied, so up to [org.mobilenet4j.kernel.layout.PixelStride#FLOATS] - 1 values after the row
/// are overwritten: fill rows in ascending order, and leave that much room after the last.
public interface Im2colKernel {
    /// Copies the window at `window` of `map` to `row` of `rows`.
    void unfold(float[] map, int window, float[] rows, int row);
}
