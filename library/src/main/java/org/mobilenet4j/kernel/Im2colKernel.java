package org.mobilenet4j.kernel;

/// Copies what lies under a window into a row: some runs of values, one behind the other.
///
/// Vectors are copied whole, so up to [org.mobilenet4j.kernel.layout.PixelStride#FLOATS] - 1 values behind the row are
/// overwritten: unfold rows in
/// ascending order, and leave as much room behind the last.
public interface Im2colKernel {
    /// Copies the window at `window` of `map` to `row` of `rows`.
    void unfold(float[] map, int window, float[] rows, int row);
}
