package org.mobilenet4j.kernel.quantized;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.quantized.QuantizedScene.FeatureMap;
import org.mobilenet4j.kernel.quantized.QuantizedScene.Numbers;
import org.mobilenet4j.tensor.Shape;

/// Softmax as TFLite's `Softmax` with a table computes it: in floats, each of which is the nearest to the exact result
/// of one operation on those before.
class QuantizedSoftmaxContractTest {
    private static PlainKernel kernel(FeatureMap in, FeatureMap out, float inScale, float outScale) {
        return new QuantizedSoftmax(
                in.plane(), out.plane(), inScale, outScale, out.numbers().range());
    }

    /// The exponentials of all distances from the largest number.
    private static BigDecimal[] table(float inScale) {
        var table = new BigDecimal[256];
        for (int distance = 0; distance < table.length; distance++) {
            table[distance] = TfliteReference.exponential(
                    TfliteReference.toFloat(new BigDecimal(inScale).multiply(BigDecimal.valueOf(distance))));
        }
        return table;
    }

    private static int expected(
            QuantizedScene scene,
            FeatureMap in,
            FeatureMap out,
            BigDecimal[] table,
            float outScale,
            int y,
            int x,
            int c) {
        int channels = in.plane().shape().channels();
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < channels; i++) {
            most = Math.max(most, scene.number(in, y, x, i));
        }
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < channels; i++) {
            sum = TfliteReference.toFloat(sum.add(table[most - scene.number(in, y, x, i)]));
        }
        var factor = TfliteReference.quotient(
                BigDecimal.ONE, TfliteReference.toFloat(sum.multiply(new BigDecimal(outScale))));
        var steps = TfliteReference.toFloat(table[most - scene.number(in, y, x, c)].multiply(factor));
        var rounded = TfliteReference.toFloat(steps.add(new BigDecimal("0.5"))).setScale(0, RoundingMode.DOWN);
        return out.numbers()
                .clamp(rounded.toBigIntegerExact()
                        .add(BigInteger.valueOf(out.numbers().zeroPoint())));
    }

    private static void check(Shape shape, Numbers from, Numbers to, float inScale, float outScale, int gap) {
        var scene = new QuantizedScene(gap, shape.hashCode() + gap);
        var in = scene.input(shape, from);
        var out = scene.output(shape, to);
        var table = table(inScale);
        scene.check(
                kernel(in, out, inScale, outScale),
                out,
                (y, x, c) -> expected(scene, in, out, table, outScale, y, x, c));
    }

    @Test
    void classesOfEveryNumber() {
        int gap = 0;
        for (int classes : new int[] {1, 2, 3, 10, 17, 40}) {
            for (var from : Numbers.all()) {
                gap = (gap + 3) % 7;
                check(new Shape(1, 1, classes), from, Numbers.int8(-128), 0.05f, 1 / 256f, gap);
                check(new Shape(3, 2, classes), from, Numbers.uint8(0), 0.011f, 1 / 256f, gap);
            }
        }
    }

    /// Scales at which all are alike, and at which only the largest remains; outputs that saturate at both ends.
    @Test
    void scalesOfEverySize() {
        var random = new Random(3);
        for (var to : Numbers.all()) {
            for (int exponent = -12; exponent < 3; exponent += 2) {
                float scale = (float) Math.scalb(1 + random.nextDouble(), exponent);
                check(new Shape(2, 2, 9), Numbers.int8(3), to, scale, 1 / 256f, 1);
                check(new Shape(2, 2, 9), Numbers.uint8(3), to.narrowed(), scale, 0.0007f, 2);
            }
        }
    }

    /// By hand: two equal classes have 128 of 256 each; one class alone has all, which is one more than there is room
    /// for.
    @Test
    void golden() {
        for (int classes = 1; classes <= 2; classes++) {
            var scene = new QuantizedScene(1, 1);
            var in = scene.input(new Shape(1, 1, classes), Numbers.int8(0));
            for (int c = 0; c < classes; c++) {
                scene.set(in, 0, 0, c, -77);
            }
            int expected = classes == 1 ? 127 : 0;
            var out = scene.output(new Shape(1, 1, classes), Numbers.int8(-128));
            scene.check(kernel(in, out, 0.1f, 1 / 256f), out, (_, _, _) -> expected);
        }
    }

    @Test
    void wrongShapesAreRefused() {
        var scene = new QuantizedScene(0, 1);
        var in = scene.input(new Shape(1, 1, 3), Numbers.int8(0));
        var more = scene.output(new Shape(1, 1, 4), Numbers.int8(0));
        assertThatIllegalArgumentException().isThrownBy(() -> kernel(in, more, 1, 1));
    }
}
