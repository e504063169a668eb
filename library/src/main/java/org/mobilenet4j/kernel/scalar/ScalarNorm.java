package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.training.NormKernel;

/// The formulas of [NormKernel], value by value.
final class ScalarNorm implements NormKernel {
    @Override
    public void activate(
            float[] in,
            int inAt,
            int inStride,
            float[] scale,
            float[] shift,
            Clamp clamp,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels) {
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                float value = Math.fma(in[inAt + p * inStride + c], scale[c], shift[c]);
                out[outAt + p * outStride + c] = clamp.apply(value);
            }
        }
    }

    @Override
    public void statistics(
            float[] in, int at, int stride, float[] center, float[] sums, float[] squares, int pixels, int channels) {
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                float distance = in[at + p * stride + c] - center[c];
                sums[c] += distance;
                squares[c] = Math.fma(distance, distance, squares[c]);
            }
        }
    }

    @Override
    public void deactivate(
            float[] incoming,
            int incomingAt,
            int incomingStride,
            float[] in,
            float[] scale,
            float[] shift,
            Clamp clamp,
            float[] center,
            float[] gradient,
            int at,
            int stride,
            boolean adds,
            float[] sums,
            float[] products,
            int pixels,
            int channels) {
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                int place = at + p * stride + c;
                float before = Math.fma(in[place], scale[c], shift[c]);
                boolean isOpen = clamp.low() < before && before < clamp.high();
                float value = isOpen ? incoming[incomingAt + p * incomingStride + c] : 0f;
                gradient[place] = adds ? gradient[place] + value : value;
                sums[c] += value;
                products[c] = Math.fma(value, in[place] - center[c], products[c]);
            }
        }
    }

    @Override
    public void combine(
            float[] gradient,
            float[] in,
            int at,
            int stride,
            float[] a,
            float[] b,
            float[] c,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels) {
        for (int p = 0; p < pixels; p++) {
            for (int i = 0; i < channels; i++) {
                int place = at + p * stride + i;
                out[outAt + p * outStride + i] = Math.fma(gradient[place], a[i], Math.fma(in[place], b[i], c[i]));
            }
        }
    }
}
