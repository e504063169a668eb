package org.mobilenet4j.train.measure;

import org.mobilenet4j.kernel.training.FakeQuantizeKernel;

/// Fake quantization with a clock around each call.
record TimedFakeQuantize(FakeQuantizeKernel kernel, StepClock clock) implements FakeQuantizeKernel {
    private void ran(long start, int pixels, int channels, int maps) {
        clock.ran(Pass.FAKE_QUANTIZE, start, 0, (long) Float.BYTES * pixels * channels * maps);
    }

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
        long start = System.nanoTime();
        kernel.quantize(in, inAt, inStride, step, low, high, out, outAt, outStride, pixels, channels);
        ran(start, pixels, channels, 2);
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
        long start = System.nanoTime();
        kernel.pass(
                incoming,
                incomingAt,
                incomingStride,
                in,
                least,
                greatest,
                gradient,
                at,
                stride,
                adds,
                pixels,
                channels);
        ran(start, pixels, channels, adds ? 4 : 3);
    }
}
