package org.mobilenet4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.mobilenet4j.kernel.training.FakeQuantizeKernel;

/// The formulas of [FakeQuantizeKernel], a vector of channels at a time; pixels without gaps are processed as one.
final class VectorFakeQuantize implements FakeQuantizeKernel {
    private static final int SIGN = 0x80000000;
    private static final int HALF = Float.floatToRawIntBits(0.5f);

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
        if (inStride == channels && outStride == channels) {
            row(in, inAt, step, low, high, out, outAt, pixels * channels);
            return;
        }
        for (int p = 0; p < pixels; p++) {
            row(in, inAt + p * inStride, step, low, high, out, outAt + p * outStride, channels);
        }
    }

    private static void row(
            float[] in, int inAt, float step, float low, float high, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            var quotient = FloatVector.fromArray(Lanes.SPECIES, in, inAt + i)
                    .div(step)
                    .max(low)
                    .min(high);
            var half = quotient.reinterpretAsInts().and(SIGN).or(HALF).reinterpretAsFloats();
            var rounded = (FloatVector) quotient.add(half)
                    .convertShape(VectorOperators.F2I, Lanes.INTS, 0)
                    .convertShape(VectorOperators.I2F, Lanes.SPECIES, 0);
            rounded.mul(step).intoArray(out, outAt + i);
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
        var zero = FloatVector.zero(Lanes.SPECIES);
        for (int p = 0; p < pixels; p++) {
            int place = at + p * stride;
            int source = incomingAt + p * incomingStride;
            for (int c = 0; c < channels; c += Lanes.COUNT) {
                var value = FloatVector.fromArray(Lanes.SPECIES, in, place + c);
                var isOpen = value.compare(VectorOperators.GT, least).and(value.compare(VectorOperators.LT, greatest));
                var passed = zero.blend(FloatVector.fromArray(Lanes.SPECIES, incoming, source + c), isOpen);
                if (adds) {
                    passed = passed.add(FloatVector.fromArray(Lanes.SPECIES, gradient, place + c));
                }
                passed.intoArray(gradient, place + c);
            }
        }
    }
}
