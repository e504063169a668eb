package org.mobilenet4j.kernel;

/// The gradient of a matrix of weights: `sums[i, o] += sum over rows p of in[p, i] * out[p, o]`, where `in` went into
/// the
/// product and `out` is the gradient of what came out.
public interface WeightGradientKernel {
    /// Adds what `rows` rows contribute.
    ///
    /// @param sums `depth` rows of `PixelStride.of(width)` floats
    void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums);
}
