package org.mobilenet4j.kernel.quantized;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.quantized.QuantizedScene.FeatureMap;
import org.mobilenet4j.kernel.quantized.QuantizedScene.Numbers;
import org.mobilenet4j.kernel.quantized.TfliteReference.Factor;
import org.mobilenet4j.tensor.Shape;

/// The mean of all pixels in both ways in which TFLite computes it, which may differ by one.
class QuantizedMeanContractTest {
    private static PlainKernel ofDistances(FeatureMap in, FeatureMap out, float inScale, float outScale) {
        return QuantizedMean.ofDistances(
                in.plane(), out.plane(), inScale, outScale, out.numbers().range());
    }

    private static PlainKernel ofNumbers(FeatureMap in, FeatureMap out, float inScale, float outScale) {
        return QuantizedMean.ofNumbers(
                in.plane(),
                out.plane(),
                in.numbers().range(),
                inScale,
                outScale,
                out.numbers().range());
    }

    private static BigInteger sum(QuantizedScene scene, FeatureMap in, int channel) {
        var shape = in.plane().shape();
        long sum = 0;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                sum += scene.number(in, y, x, channel);
            }
        }
        return BigInteger.valueOf(sum);
    }

    /// `QuantizedMeanOrSum`: the sum less so many zero points, times the scales' quotient over the count.
    private static int distances(
            QuantizedScene scene, FeatureMap in, FeatureMap out, int channel, float inScale, float outScale) {
        int pixels = in.plane().shape().pixels();
        var factor = Factor.of((double) inScale / outScale).over(pixels);
        var zeros = BigInteger.valueOf((long) pixels * in.numbers().zeroPoint());
        return plus(factor.times(sum(scene, in, channel).subtract(zeros)), out);
    }

    /// `MeanImpl`: the sum as it is, and the zero point scaled and rounded, half away from zero, on its own.
    private static int numbers(
            QuantizedScene scene, FeatureMap in, FeatureMap out, int channel, float inScale, float outScale) {
        float scale = inScale / (in.plane().shape().pixels() * outScale);
        float zero = in.numbers().zeroPoint() * inScale / outScale;
        var rounded = BigInteger.valueOf((long) Math.signum(zero) * (long) Math.floor(Math.abs(zero) + 0.5f));
        return plus(Factor.of(scale).times(sum(scene, in, channel)).subtract(rounded), out);
    }

    private static int plus(BigInteger distance, FeatureMap out) {
        return out.numbers().clamp(distance.add(BigInteger.valueOf(out.numbers().zeroPoint())));
    }

    private static void check(Shape input, Numbers from, Numbers to, float inScale, float outScale, int gap) {
        for (boolean keepsDims : new boolean[] {false, true}) {
            var scene = new QuantizedScene(gap, input.hashCode() + gap);
            var in = scene.input(input, from);
            var out = scene.output(new Shape(1, 1, input.channels()), to);
            scene.check(
                    keepsDims ? ofNumbers(in, out, inScale, outScale) : ofDistances(in, out, inScale, outScale),
                    out,
                    (_, _, c) -> keepsDims
                            ? numbers(scene, in, out, c, inScale, outScale)
                            : distances(scene, in, out, c, inScale, outScale));
        }
    }

    @Test
    void mapsOfEverySize() {
        int gap = 0;
        for (int channels : new int[] {1, 7, 15, 16, 17, 40}) {
            for (var numbers : Numbers.all()) {
                gap = (gap + 3) % 7;
                check(new Shape(7, 7, channels), numbers, numbers, 0.1f, 0.02f, gap);
                check(new Shape(1, 1, channels), numbers, numbers, 0.1f, 0.1f, gap);
                check(new Shape(8, 4, channels), numbers, numbers, 6 / 255f, 5.1f / 255, gap);
                check(new Shape(3, 5, channels), numbers, numbers.narrowed(), 0.05f, 0.013f, gap);
            }
        }
    }

    /// From one type's lowest zero point to the highest, with scales that nearly vanish, and ones that saturate.
    @Test
    void scalesAndZeroPointsOfEverySize() {
        var random = new Random(1);
        for (var from : Numbers.all()) {
            for (var to : Numbers.all()) {
                for (int i = 0; i < 20; i++) {
                    float ratio = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(-31, 9));
                    float scale = random.nextFloat(0.001f, 1);
                    var shape = new Shape(random.nextInt(1, 12), random.nextInt(1, 12), 5);
                    check(shape, from, to, scale * ratio, scale, i % 4);
                }
            }
        }
    }

    /// By hand: 1, 2, 4 and 3 have a mean of 2.5, which is rounded away from zero, on the one side as on the other.
    @Test
    void golden() {
        for (int sign : new int[] {1, -1}) {
            var scene = new QuantizedScene(1, 1);
            var in = scene.input(new Shape(2, 2, 1), Numbers.int8(0));
            scene.set(in, 0, 0, 0, sign);
            scene.set(in, 0, 1, 0, sign * 2);
            scene.set(in, 1, 0, 0, sign * 4);
            scene.set(in, 1, 1, 0, sign * 3);
            var out = scene.output(new Shape(1, 1, 1), Numbers.int8(10));
            scene.check(ofDistances(in, out, 0.5f, 0.5f), out, (_, _, _) -> 10 + sign * 3);
        }
    }

    @Test
    void wrongShapesAreRefused() {
        var scene = new QuantizedScene(0, 1);
        var in = scene.input(new Shape(2, 2, 3), Numbers.int8(0));
        var more = scene.output(new Shape(1, 1, 4), Numbers.int8(0));
        var wide = scene.output(new Shape(1, 2, 3), Numbers.int8(0));
        assertThatIllegalArgumentException().isThrownBy(() -> ofDistances(in, more, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ofNumbers(in, wide, 1, 1));
    }
}
