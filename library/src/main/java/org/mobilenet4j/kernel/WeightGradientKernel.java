package org.mobilenet4j.kernel;

/// The gradient of a matrix of weights: `sums[i, o] += sum over rows p of in[p, i] * out[p, o]`, where `in` went into
/// the
/// product and `out` is the gradient of what came out.
public sealed interface WeightGradientKernel permits ScalarWeightGradient, VectorWeightGradient {
    /// A kernel for one shape of the weights.
    ///
    /// @param depth rows of the weights
    /// @param width columns of the weights; rows of `out` and `sums` have `PixelStride.of(width)` floats at least
    /// @param inStride from one row of `in` to the next
    /// @param outStride from one row of `out` to the next
    static WeightGradientKernel create(Arithmetic arithmetic, int depth, int width, int inStride, int outStride) {
        if (depth < 1 || width < 1 || inStride < depth || outStride < PixelStride.of(width)) {
            throw new IllegalArgumentException("no gradient of " + depth + "x" + width + " weights from rows "
                    + inStride + " and " + outStride + " apart");
        }
        return switch (arithmetic) {
            case SCALAR -> new ScalarWeightGradient(depth, width, inStride, outStride);
            case VECTOR -> new VectorWeightGradient(depth, width, inStride, outStride);
        };
    }

    /// Adds what `rows` rows contribute.
    ///
    /// @param sums `depth` rows of `PixelStride.of(width)` floats
    void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums);
}
