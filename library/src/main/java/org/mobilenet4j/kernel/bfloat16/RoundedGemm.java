package org.mobilenet4j.kernel.bfloat16;

import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.GemmKernel;

/// A matrix product of rounded floats, by a kernel for any floats.
final class RoundedGemm implements GemmKernel {
    private final int depth;
    private final int width;
    private final int inStride;
    private final int stride;
    private final GemmKernel product;
    private final ArrayPool arrays;

    /// @param stride floats from one row to the next as `product` reads them
    RoundedGemm(int depth, int width, int inStride, int stride, int mostRows, GemmKernel product, ArrayPool arrays) {
        this.depth = depth;
        this.width = width;
        this.inStride = inStride;
        this.stride = stride;
        this.product = product;
        this.arrays = arrays;
        arrays.atLeast(Kernel.LEAD + Math.multiplyExact(mostRows, stride));
        arrays.atLeast(Math.multiplyExact(depth, width));
    }

    @Override
    public int packedSize() {
        return product.packedSize();
    }

    @Override
    public void pack(float[] values, int at, int rowStride, int columnStride, float[] packed) {
        var work = arrays.take();
        for (int k = 0; k < depth; k++) {
            for (int o = 0; o < width; o++) {
                work[k * width + o] = Bfloat16.round(values[at + k * rowStride + o * columnStride]);
            }
        }
        product.pack(work, 0, width, 1, packed);
        arrays.give(work);
    }

    @Override
    public void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt) {
        var work = rounded(in, inAt, rows);
        product.multiply(work, Kernel.LEAD, rows, packed, bias, out, outAt);
        arrays.give(work);
    }

    @Override
    public void multiply(
            float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt, Ahead ahead) {
        var work = rounded(in, inAt, rows);
        product.multiply(work, Kernel.LEAD, rows, packed, bias, out, outAt, ahead);
        arrays.give(work);
    }

    private float[] rounded(float[] in, int inAt, int rows) {
        var work = arrays.take();
        Bfloat16.round(in, inAt, inStride, rows, depth, work, Kernel.LEAD, stride);
        return work;
    }
}
