package org.mobilenet4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.training.NormKernel;

/// The formulas of [NormKernel], a vector of channels at a time: channel by channel, so that a channel's values and
/// sums stay in registers, but pixel by pixel if pixels are long and far apart.
final class VectorNorm implements NormKernel {
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
        int low = clamp.lowBits();
        int high = clamp.highBits();
        if (channels <= Tuning.NARROW) {
            for (int c = 0; c < channels; c += Lanes.COUNT) {
                var factor = FloatVector.fromArray(Lanes.SPECIES, scale, c);
                var summand = FloatVector.fromArray(Lanes.SPECIES, shift, c);
                int source = inAt + c;
                int target = outAt + c;
                for (int p = 0; p < pixels; p++, source += inStride, target += outStride) {
                    FloatVector.fromArray(Lanes.SPECIES, in, source)
                            .fma(factor, summand)
                            .reinterpretAsInts()
                            .max(low)
                            .min(high)
                            .reinterpretAsFloats()
                            .intoArray(out, target);
                }
            }
            return;
        }
        for (int p = 0; p < pixels; p++) {
            int source = inAt + p * inStride;
            int target = outAt + p * outStride;
            for (int c = 0; c < channels; c += Lanes.COUNT) {
                var factor = FloatVector.fromArray(Lanes.SPECIES, scale, c);
                var summand = FloatVector.fromArray(Lanes.SPECIES, shift, c);
                FloatVector.fromArray(Lanes.SPECIES, in, source + c)
                        .fma(factor, summand)
                        .reinterpretAsInts()
                        .max(low)
                        .min(high)
                        .reinterpretAsFloats()
                        .intoArray(out, target + c);
            }
        }
    }

    @Override
    public void statistics(
            float[] in, int at, int stride, float[] center, float[] sums, float[] squares, int pixels, int channels) {
        for (int c = 0; c < channels; c += Lanes.COUNT) {
            var middle = FloatVector.fromArray(Lanes.SPECIES, center, c);
            var sum = FloatVector.fromArray(Lanes.SPECIES, sums, c);
            var square = FloatVector.fromArray(Lanes.SPECIES, squares, c);
            var otherSum = FloatVector.zero(Lanes.SPECIES);
            var otherSquare = FloatVector.zero(Lanes.SPECIES);
            int place = at + c;
            for (int p = 0; p < pixels / 2; p++, place += 2 * stride) {
                var distance = FloatVector.fromArray(Lanes.SPECIES, in, place).sub(middle);
                var other =
                        FloatVector.fromArray(Lanes.SPECIES, in, place + stride).sub(middle);
                sum = sum.add(distance);
                otherSum = otherSum.add(other);
                square = distance.fma(distance, square);
                otherSquare = other.fma(other, otherSquare);
            }
            if (pixels % 2 != 0) {
                var distance = FloatVector.fromArray(Lanes.SPECIES, in, place).sub(middle);
                sum = sum.add(distance);
                square = distance.fma(distance, square);
            }
            sum.add(otherSum).intoArray(sums, c);
            square.add(otherSquare).intoArray(squares, c);
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
        float low = clamp.low();
        float high = clamp.high();
        var zero = FloatVector.zero(Lanes.SPECIES);
        for (int c = 0; c < channels; c += Lanes.COUNT) {
            var factor = FloatVector.fromArray(Lanes.SPECIES, scale, c);
            var summand = FloatVector.fromArray(Lanes.SPECIES, shift, c);
            var middle = FloatVector.fromArray(Lanes.SPECIES, center, c);
            var sum = FloatVector.fromArray(Lanes.SPECIES, sums, c);
            var product = FloatVector.fromArray(Lanes.SPECIES, products, c);
            int place = at + c;
            int source = incomingAt + c;
            for (int p = 0; p < pixels; p++, place += stride, source += incomingStride) {
                var value = FloatVector.fromArray(Lanes.SPECIES, in, place);
                var before = value.fma(factor, summand);
                var isOpen = before.compare(VectorOperators.GT, low).and(before.compare(VectorOperators.LT, high));
                var passed = zero.blend(FloatVector.fromArray(Lanes.SPECIES, incoming, source), isOpen);
                sum = sum.add(passed);
                product = passed.fma(value.sub(middle), product);
                if (adds) {
                    passed = passed.add(FloatVector.fromArray(Lanes.SPECIES, gradient, place));
                }
                passed.intoArray(gradient, place);
            }
            sum.intoArray(sums, c);
            product.intoArray(products, c);
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
        if (channels <= Tuning.NARROW) {
            for (int i = 0; i < channels; i += Lanes.COUNT) {
                var first = FloatVector.fromArray(Lanes.SPECIES, a, i);
                var second = FloatVector.fromArray(Lanes.SPECIES, b, i);
                var third = FloatVector.fromArray(Lanes.SPECIES, c, i);
                int source = at + i;
                int target = outAt + i;
                for (int p = 0; p < pixels; p++, source += stride, target += outStride) {
                    var inner = FloatVector.fromArray(Lanes.SPECIES, in, source).fma(second, third);
                    FloatVector.fromArray(Lanes.SPECIES, gradient, source)
                            .fma(first, inner)
                            .intoArray(out, target);
                }
            }
            return;
        }
        for (int p = 0; p < pixels; p++) {
            int source = at + p * stride;
            int target = outAt + p * outStride;
            for (int i = 0; i < channels; i += Lanes.COUNT) {
                var inner = FloatVector.fromArray(Lanes.SPECIES, in, source + i)
                        .fma(FloatVector.fromArray(Lanes.SPECIES, b, i), FloatVector.fromArray(Lanes.SPECIES, c, i));
                FloatVector.fromArray(Lanes.SPECIES, gradient, source + i)
                        .fma(FloatVector.fromArray(Lanes.SPECIES, a, i), inner)
                        .intoArray(out, target + i);
            }
        }
    }
}
