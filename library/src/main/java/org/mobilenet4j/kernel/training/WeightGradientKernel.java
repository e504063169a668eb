package org.mobilenet4j.kernel.training;

/// The gradient of a weight matrix: `sums[i, o] += sum over rows p of in[p, i] * out[p, o]`, where `in` is the
/// input of the matrix product and `out` the gradient of its output.
public interface WeightGradientKernel {
    /// Adds the contribution of `rows` rows.
    ///
    /// @param sums `depth` rows of `PixelStride.of(width)` floats
    void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums);

    /// The same, while what is ahead may be asked for.
    default void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums, Ahead ahead) {
        add(in, inAt, out, outAt, rows, sums);
    }
}
