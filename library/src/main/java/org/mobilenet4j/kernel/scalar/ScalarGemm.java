package org.mobilenet4j.kernel.scalar;

import java.util.Arrays;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.training.GemmKernel;

/// The matrix product, straight from its formula.
final class ScalarGemm implements GemmKernel {
    private final int depth;
    private final int width;
    private final int inStride;
    private final int outStride;

    ScalarGemm(int depth, int width, int inStride, int outStride) {
        this.depth = depth;
        this.width = width;
        this.inStride = inStride;
        this.outStride = outStride;
    }

    @Override
    public int packedSize() {
        return depth * width;
    }

    @Override
    public void pack(float[] values, int at, int rowStride, int columnStride, float[] packed) {
        for (int k = 0; k < depth; k++) {
            for (int o = 0; o < width; o++) {
                packed[k * width + o] = values[at + k * rowStride + o * columnStride];
            }
        }
    }

    @Override
    public void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt) {
        for (int p = 0; p < rows; p++) {
            int target = outAt + p * outStride;
            System.arraycopy(bias, 0, out, target, width);
            Arrays.fill(out, target + width, target + PixelStride.of(width), 0f);
            for (int k = 0; k < depth; k++) {
                float value = in[inAt + p * inStride + k];
                for (int o = 0; o < width; o++) {
                    out[target + o] = Math.fma(value, packed[k * width + o], out[target + o]);
                }
            }
        }
    }
}
