package org.mobilenet4j.kernel.bfloat16;

import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.DelegatingKernels;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// Products in bfloat16 by another provider's kernels for floats, whose factors are rounded before; over plain loops,
/// the reference. Processors that multiply bfloat16 add in the same order, each sum rounded to a float, but take what
/// is below the least normal float for zero.
public final class RoundedKernels extends DelegatingKernels {
    private final ArrayPool arrays = new ArrayPool();

    public RoundedKernels(Kernels floats) {
        super(floats);
    }

    @Override
    public GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows) {
        if (!Bfloat16.isFor(depth, width)) {
            return super.gemm(depth, width, inStride, outStride, mostRows);
        }
        int stride = PixelStride.ofScratch(depth);
        var product = super.gemm(depth, width, stride, outStride, mostRows);
        return new RoundedGemm(depth, width, inStride, stride, mostRows, product, arrays);
    }

    @Override
    public WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride) {
        if (!Bfloat16.isFor(depth, width)) {
            return super.weightGradient(depth, width, inStride, outStride);
        }
        int stride = PixelStride.ofScratch(depth);
        int gradientStride = PixelStride.ofScratch(width);
        var sums = super.weightGradient(depth, width, stride, gradientStride);
        return new RoundedWeightGradient(depth, width, inStride, outStride, stride, gradientStride, sums, arrays);
    }
}
