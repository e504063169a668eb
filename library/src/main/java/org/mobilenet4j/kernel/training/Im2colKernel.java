package org.mobilenet4j.kernel.training;

/// Copies the values under windows into rows, as contiguous runs one after the other (im2col).
///
/// Whole vectors are copied, so up to [org.mobilenet4j.kernel.layout.PixelStride#FLOATS] - 1 values after a row
/// are overwritten, and as many read after a run: fill rows in ascending order, and leave that much room after the
/// last.
public interface Im2colKernel {
    /// Copies `count` windows, the first at `window` of `map` and each `step` floats after the one before, to as many
    /// rows, the first at `row` of `rows`.
    void unfold(float[] map, int window, int step, int count, float[] rows, int row);
}
