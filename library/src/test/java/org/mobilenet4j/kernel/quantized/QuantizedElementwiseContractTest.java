package org.mobilenet4j.kernel.quantized;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.quantized.QuantizedScene.FeatureMap;
import org.mobilenet4j.kernel.quantized.QuantizedScene.Numbers;
import org.mobilenet4j.kernel.quantized.TfliteReference.Factor;
import org.mobilenet4j.tensor.Shape;

/// Sums and products of two maps with scales of their own, as TFLite's ADD and MUL round them.
class QuantizedElementwiseContractTest {
    private static final Shape[] SHAPES = {
        new Shape(1, 1, 1), new Shape(3, 2, 7), new Shape(2, 5, 16), new Shape(4, 3, 17), new Shape(1, 2, 33)
    };

    /// The scales of both inputs and the output.
    private record Scales(float first, float second, float out) {
        double product() {
            return (double) first * second / out;
        }

        private double most() {
            return 2 * (double) Math.max(first, second);
        }

        double firstOfSum() {
            return first / most();
        }

        double secondOfSum() {
            return second / most();
        }

        double outOfSum() {
            return most() / ((1 << 20) * (double) out);
        }
    }

    private static PlainKernel product(FeatureMap first, FeatureMap second, FeatureMap out, Scales scales) {
        return new QuantizedProduct(
                first.plane(),
                second.plane(),
                out.plane(),
                FixedPointMultiplier.of(scales.product()),
                out.numbers().range());
    }

    private static PlainKernel sum(FeatureMap first, FeatureMap second, FeatureMap out, Scales scales) {
        return new QuantizedSum(
                first.plane(),
                second.plane(),
                out.plane(),
                FixedPointMultiplier.of(scales.firstOfSum()),
                FixedPointMultiplier.of(scales.secondOfSum()),
                FixedPointMultiplier.of(scales.outOfSum()),
                out.numbers().range());
    }

    private static int expectedProduct(FeatureMap out, Scales scales, int a, int b) {
        return plus(Factor.of(scales.product()).times((long) a * b), out);
    }

    private static int expectedSum(FeatureMap out, Scales scales, int a, int b) {
        var first = Factor.of(scales.firstOfSum()).times((long) a << 20);
        var second = Factor.of(scales.secondOfSum()).times((long) b << 20);
        return plus(Factor.of(scales.outOfSum()).times(first.add(second)), out);
    }

    private static int plus(BigInteger distance, FeatureMap out) {
        return out.numbers().clamp(distance.add(BigInteger.valueOf(out.numbers().zeroPoint())));
    }

    private static void check(Shape shape, Numbers from, Numbers to, Scales scales, int gap) {
        for (boolean isSum : new boolean[] {false, true}) {
            var scene = new QuantizedScene(gap, shape.hashCode() + gap);
            var first = scene.input(shape, from);
            int second = from.least() < 0 ? -1 - from.zeroPoint() : 255 - from.zeroPoint();
            var other = scene.input(shape, new Numbers(from.least(), from.greatest(), second));
            var out = scene.output(shape, to);
            scene.check(isSum ? sum(first, other, out, scales) : product(first, other, out, scales), out, (y, x, c) -> {
                int a = scene.distance(first, y, x, c);
                int b = scene.distance(other, y, x, c);
                return isSum ? expectedSum(out, scales, a, b) : expectedProduct(out, scales, a, b);
            });
        }
    }

    @Test
    void channelsAndZeroPointsOfEverySize() {
        int gap = 0;
        for (var shape : SHAPES) {
            for (var from : Numbers.all()) {
                for (var to : Numbers.all()) {
                    gap = (gap + 3) % 7;
                    check(shape, from, to, new Scales(0.02f, 0.05f, 0.07f), gap);
                    check(shape, from, to.narrowed(), new Scales(0.9f, 0.1f, 0.8f), gap);
                }
            }
        }
    }

    /// From results that nearly vanish to ones that saturate, and powers of two, which make ties.
    @Test
    void scalesOfEverySize() {
        var random = new Random(2);
        for (var numbers : Numbers.all()) {
            for (int i = 0; i < 30; i++) {
                boolean isCoarse = i % 3 == 0;
                var scales = new Scales(
                        scale(random, isCoarse, -8, 1), scale(random, isCoarse, -8, 1), scale(random, isCoarse, -9, 6));
                check(new Shape(2, 2, 19), numbers, numbers, scales, i % 4);
            }
        }
    }

    private static float scale(Random random, boolean isCoarse, int least, int most) {
        return (float) Math.scalb(isCoarse ? 1 : 1 + random.nextDouble(), random.nextInt(least, most));
    }

    /// By hand: 6 / 4 is 3 before the last bit is dropped, and 1.5 after; (1 + 4) / 2 is 2.5. Both go away from zero.
    /// But 3 / 2
    /// has its half in the first rounding, which is up.
    @Test
    void golden() {
        for (int sign : new int[] {1, -1}) {
            var scene = new QuantizedScene(1, 1);
            var shape = new Shape(1, 1, 1);
            var first = scene.input(shape, Numbers.int8(0));
            var second = scene.input(shape, Numbers.int8(0));
            var out = scene.output(shape, Numbers.int8(7));
            scene.set(first, 0, 0, 0, sign);
            scene.set(second, 0, 0, 0, 6);
            scene.check(product(first, second, out, new Scales(1, 1, 4)), out, (_, _, _) -> 7 + sign * 2);
            scene.set(second, 0, 0, 0, 3);
            scene.check(product(first, second, out, new Scales(1, 1, 2)), out, (_, _, _) -> sign > 0 ? 9 : 6);
            scene.set(second, 0, 0, 0, sign * 4);
            scene.check(sum(first, second, out, new Scales(1, 1, 2)), out, (_, _, _) -> 7 + sign * 3);
        }
    }

    @Test
    void wrongShapesAreRefused() {
        var scene = new QuantizedScene(0, 1);
        var scales = new Scales(1, 1, 1);
        var map = scene.input(new Shape(2, 2, 3), Numbers.int8(0));
        var other = scene.input(new Shape(2, 1, 3), Numbers.int8(0));
        assertThatIllegalArgumentException().isThrownBy(() -> sum(map, other, map, scales));
        assertThatIllegalArgumentException().isThrownBy(() -> sum(other, map, map, scales));
        assertThatIllegalArgumentException().isThrownBy(() -> product(map, other, map, scales));
        assertThatIllegalArgumentException().isThrownBy(() -> product(other, map, map, scales));
    }
}
