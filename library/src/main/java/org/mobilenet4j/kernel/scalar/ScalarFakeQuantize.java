package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.training.FakeQuantizeKernel;

/// The formulas of [FakeQuantizeKernel], value by value.
final class ScalarFakeQuantize implements FakeQuantizeKernel {
    @Override
    public void quantize(
            float[] in,
            int inAt,
            int inStride,
            float step,
            int low,
            int high,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels) {
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                float quotient = Math.min(Math.max(in[inAt + p * inStride + c] / step, low), high);
                out[outAt + p * outStride + c] = ((int) (quotient + Math.copySign(0.5f, quotient))) * step;
            }
        }
    }

    @Override
    public void pass(
            float[] incoming,
            int incomingAt,
            int incomingStride,
            float[] in,
            float least,
            float greatest,
            float[] gradient,
            int at,
            int stride,
            boolean adds,
            int pixels,
            int channels) {
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                int place = at + p * stride + c;
                boolean isOpen = least < in[place] && in[place] < greatest;
                float value = isOpen ? incoming[incomingAt + p * incomingStride + c] : 0f;
                gradient[place] = adds ? gradient[place] + value : value;
            }
        }
    }
}
