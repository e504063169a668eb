package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// The weight gradient, straight from its formula.
record ScalarWeightGradient(int depth, int width, int inStride, int outStride) implements WeightGradientKernel {
    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums) {
        int stride = PixelStride.of(width);
        for (int i = 0; i < depth; i++) {
            for (int o = 0; o < width; o++) {
                float sum = 0;
                for (int p = 0; p < rows; p++) {
                    sum = Math.fma(in[inAt + p * inStride + i], out[outAt + p * outStride + o], sum);
                }
                sums[i * stride + o] += sum;
            }
        }
    }
}
