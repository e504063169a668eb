package org.mobilenet4j.train.measure;

import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.training.NormKernel;

/// The passes of normalization and activations with a clock around each call.
record TimedNorm(NormKernel kernel, StepClock clock) implements NormKernel {
    private void ran(Pass pass, long start, int pixels, int channels, int maps, int multAdds) {
        long values = (long) pixels * channels;
        clock.ran(pass, start, values * multAdds, Float.BYTES * values * maps);
    }

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
        long start = System.nanoTime();
        kernel.activate(in, inAt, inStride, scale, shift, clamp, out, outAt, outStride, pixels, channels);
        ran(Pass.ACTIVATE, start, pixels, channels, 2, 1);
    }

    @Override
    public void statistics(
            float[] in, int at, int stride, float[] center, float[] sums, float[] squares, int pixels, int channels) {
        long start = System.nanoTime();
        kernel.statistics(in, at, stride, center, sums, squares, pixels, channels);
        ran(Pass.STATISTICS, start, pixels, channels, 1, 2);
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
        long start = System.nanoTime();
        kernel.deactivate(
                incoming,
                incomingAt,
                incomingStride,
                in,
                scale,
                shift,
                clamp,
                center,
                gradient,
                at,
                stride,
                adds,
                sums,
                products,
                pixels,
                channels);
        ran(Pass.DEACTIVATE, start, pixels, channels, adds ? 4 : 3, 3);
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
        long start = System.nanoTime();
        kernel.combine(gradient, in, at, stride, a, b, c, out, outAt, outStride, pixels, channels);
        ran(Pass.COMBINE, start, pixels, channels, 3, 2);
    }
}
