package org.mobilenet4j.kernel.bfloat16;

import java.util.Arrays;
import org.mobilenet4j.kernel.layout.PixelStride;

/// Rounding to pairs, straight from its definition.
public final class PlainRounding implements RoundingKernel {
    @Override
    public void neighbors(float[] in, int at, int stride, int rows, int floats, float[] out, int outAt, int outStride) {
        for (int row = 0; row < rows; row++) {
            int target = outAt + row * outStride;
            Arrays.fill(out, target, target + PixelStride.of(PairedGemm.pairs(floats)), 0f);
            for (int i = 0; i < floats; i += 2) {
                int source = at + row * stride + i;
                out[target + i / 2] = Bfloat16.pair(in[source], i + 1 < floats ? in[source + 1] : 0);
            }
        }
    }

    @Override
    public void rows(float[] in, int at, int stride, int rows, int floats, float[] out, int outAt, int outStride) {
        for (int row = 0; row < rows; row += 2) {
            int target = outAt + row / 2 * outStride;
            Arrays.fill(out, target, target + PixelStride.of(floats), 0f);
            for (int i = 0; i < floats; i++) {
                int source = at + row * stride + i;
                out[target + i] = Bfloat16.pair(in[source], row + 1 < rows ? in[source + stride] : 0);
            }
        }
    }
}
