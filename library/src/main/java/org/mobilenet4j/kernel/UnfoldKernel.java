package org.mobilenet4j.kernel;

/// Copies what lies under a window into a row: some runs of values, one behind the other.
///
/// Vectors are copied whole, so up to [PixelStride#FLOATS] - 1 values behind the row are overwritten: unfold rows in
/// ascending order, and leave as much room behind the last.
public sealed interface UnfoldKernel permits ScalarUnfold, VectorUnfold {
    /// A kernel for one window.
    ///
    /// @param runs from the start of the window to each run
    /// @param length values of a run
    static UnfoldKernel create(Arithmetic arithmetic, int[] runs, int length) {
        return switch (arithmetic) {
            case SCALAR -> new ScalarUnfold(runs.clone(), length);
            case VECTOR -> new VectorUnfold(runs.clone(), length);
        };
    }

    /// Copies the window at `window` of `map` to `row` of `rows`.
    void unfold(float[] map, int window, float[] rows, int row);
}
