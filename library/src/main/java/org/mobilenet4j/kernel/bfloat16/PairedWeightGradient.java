package org.mobilenet4j.kernel.bfloat16;

import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// The gradient of weights by instructions that multiply pairs: some rows after the other, both factors are rounded to
/// pairs of rows.
public final class PairedWeightGradient implements WeightGradientKernel {
    /// Rows that are rounded at once.
    private static final int ROWS = 320;

    private final int depth;
    private final int width;
    private final int inStride;
    private final int outStride;
    private final WeightGradientKernel sums;
    private final RoundingKernel rounding;
    private final ArrayPool arrays;
    private final int gradientAt;
    private final Ahead nothing = new Ahead();

    /// @param sums of products of pairs, whose rows are as far apart as [#stride] says
    /// @param arrays shared by all kernels of a program
    public PairedWeightGradient(
            int depth,
            int width,
            int inStride,
            int outStride,
            WeightGradientKernel sums,
            RoundingKernel rounding,
            ArrayPool arrays) {
        this.depth = depth;
        this.width = width;
        this.inStride = inStride;
        this.outStride = outStride;
        this.sums = sums;
        this.rounding = rounding;
        this.arrays = arrays;
        this.gradientAt = Kernel.LEAD + Math.multiplyExact(ROWS / 2, stride(depth));
        arrays.atLeast(Math.addExact(gradientAt, Math.multiplyExact(ROWS / 2, stride(width))));
    }

    /// Pairs from one row to the next, of so many columns.
    public static int stride(int columns) {
        return PixelStride.ofScratch(columns);
    }

    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums) {
        add(in, inAt, out, outAt, rows, sums, nothing);
    }

    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] total, Ahead ahead) {
        var work = arrays.take();
        int columns = PixelStride.of(width);
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            rounding.rows(in, inAt + first * inStride, inStride, count, depth, work, Kernel.LEAD, stride(depth));
            rounding.rows(out, outAt + first * outStride, outStride, count, columns, work, gradientAt, stride(width));
            int pairs = Math.ceilDiv(count, 2);
            sums.add(work, Kernel.LEAD, work, gradientAt, pairs, total, first == 0 ? ahead : nothing);
        }
        arrays.give(work);
    }
}
