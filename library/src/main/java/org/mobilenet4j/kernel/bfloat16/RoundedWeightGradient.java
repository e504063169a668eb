package org.mobilenet4j.kernel.bfloat16;

import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// The gradient of weights from rounded floats, by a kernel for any floats: some rows after the other.
final class RoundedWeightGradient implements WeightGradientKernel {
    /// Rows that are rounded at once.
    private static final int ROWS = 160;

    private final int depth;
    private final int width;
    private final int inStride;
    private final int outStride;
    private final int stride;
    private final int gradientStride;
    private final int gradientAt;
    private final WeightGradientKernel sums;
    private final ArrayPool arrays;

    /// @param stride         floats from one row to the next as `sums` reads them
    /// @param gradientStride the same for the output's gradient
    RoundedWeightGradient(
            int depth,
            int width,
            int inStride,
            int outStride,
            int stride,
            int gradientStride,
            WeightGradientKernel sums,
            ArrayPool arrays) {
        this.depth = depth;
        this.width = width;
        this.inStride = inStride;
        this.outStride = outStride;
        this.stride = stride;
        this.gradientStride = gradientStride;
        this.gradientAt = Kernel.LEAD + Math.multiplyExact(ROWS, stride);
        this.sums = sums;
        this.arrays = arrays;
        arrays.atLeast(Math.addExact(gradientAt, Math.multiplyExact(ROWS, gradientStride)));
    }

    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] total) {
        var work = arrays.take();
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            Bfloat16.round(in, inAt + first * inStride, inStride, count, depth, work, Kernel.LEAD, stride);
            int source = outAt + first * outStride;
            Bfloat16.round(out, source, outStride, count, width, work, gradientAt, gradientStride);
            sums.add(work, Kernel.LEAD, work, gradientAt, count, total);
        }
        arrays.give(work);
    }
}
