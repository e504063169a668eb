package org.mobilenet4j.kernel.bfloat16;

import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.GemmKernel;

/// A matrix product by instructions that multiply pairs: its rows are rounded to pairs of neighbors, the packed matrix
/// to pairs of its rows.
public final class PairedGemm implements GemmKernel {
    private final int depth;
    private final int width;
    private final int inStride;
    private final int stride;
    private final GemmKernel product;
    private final RoundingKernel rounding;
    private final ArrayPool arrays;
    private final Ahead nothing = new Ahead();

    /// @param depth floats of a row
    /// @param inStride floats from one row to the next
    /// @param product of rows of pairs, as far apart as [#stride] says
    /// @param arrays shared by all kernels of a program
    public PairedGemm(
            int depth,
            int width,
            int inStride,
            int mostRows,
            GemmKernel product,
            RoundingKernel rounding,
            ArrayPool arrays) {
        this.depth = depth;
        this.width = width;
        this.inStride = inStride;
        this.stride = stride(depth);
        this.product = product;
        this.rounding = rounding;
        this.arrays = arrays;
        arrays.atLeast(Kernel.LEAD + Math.multiplyExact(mostRows, stride));
        arrays.atLeast(Kernel.LEAD + Math.multiplyExact(pairs(depth), PixelStride.of(width)));
        arrays.atLeast(Kernel.LEAD + Math.multiplyExact(width, stride));
    }

    /// Pairs of so many neighbors.
    public static int pairs(int depth) {
        return Math.ceilDiv(depth, 2);
    }

    /// Pairs from one row to the next.
    public static int stride(int depth) {
        return PixelStride.ofScratch(pairs(depth));
    }

    @Override
    public int packedSize() {
        return product.packedSize();
    }

    @Override
    public void pack(float[] values, int at, int rowStride, int columnStride, float[] packed) {
        var work = arrays.take();
        if (columnStride == 1) {
            int columns = PixelStride.of(width);
            rounding.rows(values, at, rowStride, depth, width, work, Kernel.LEAD, columns);
            product.pack(work, Kernel.LEAD, columns, 1, packed);
        } else if (rowStride == 1) {
            rounding.neighbors(values, at, columnStride, width, depth, work, Kernel.LEAD, stride);
            product.pack(work, Kernel.LEAD, 1, stride, packed);
        } else {
            throw new IllegalArgumentException(
                    "a matrix whose rows are " + rowStride + " and columns " + columnStride + " apart");
        }
        arrays.give(work);
    }

    @Override
    public void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt) {
        multiply(in, inAt, rows, packed, bias, out, outAt, nothing);
    }

    @Override
    public void multiply(
            float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt, Ahead ahead) {
        var work = arrays.take();
        rounding.neighbors(in, inAt, inStride, rows, depth, work, Kernel.LEAD, stride);
        product.multiply(work, Kernel.LEAD, rows, packed, bias, out, outAt, ahead);
        arrays.give(work);
    }
}
