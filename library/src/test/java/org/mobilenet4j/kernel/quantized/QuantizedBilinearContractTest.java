package org.mobilenet4j.kernel.quantized;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.BilinearResize.Coordinates;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.quantized.QuantizedScene.FeatureMap;
import org.mobilenet4j.kernel.quantized.QuantizedScene.Numbers;
import org.mobilenet4j.tensor.Shape;

/// Bilinear interpolation as TFLite computes it: of UINT8 in floats, each the nearest to the exact result of one
/// operation, and of INT8 at places of a thousand and twenty-fourth of a pixel.
class QuantizedBilinearContractTest {
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static PlainKernel kernel(FeatureMap in, FeatureMap out, Coordinates coordinates) {
        return new QuantizedBilinear(
                in.plane(), out.plane(), coordinates, in.numbers().range());
    }

    /// Two pixels of one axis, and how far from the first an output pixel lies, in pixels.
    private record Place(int lower, int upper, BigDecimal fraction) {
        private static Place of(BigDecimal at, int size) {
            int lower = Math.clamp(at.setScale(0, RoundingMode.FLOOR).intValueExact(), 0, size - 1);
            int upper = Math.clamp(at.setScale(0, RoundingMode.CEILING).intValueExact(), 0, size - 1);
            return new Place(lower, upper, at.subtract(BigDecimal.valueOf(lower)));
        }

        /// `ComputeInterpolationValues`.
        static Place inFloats(int i, int in, int out, Coordinates coordinates) {
            boolean aligns = coordinates == Coordinates.ALIGN_CORNERS && out > 1;
            int less = aligns ? 1 : 0;
            var scale = TfliteReference.quotient(BigDecimal.valueOf(in - less), BigDecimal.valueOf(out - less));
            var center = coordinates == Coordinates.HALF_PIXEL ? HALF : BigDecimal.ZERO;
            var at = TfliteReference.toFloat(BigDecimal.valueOf(i).add(center).multiply(scale));
            return of(TfliteReference.toFloat(at.subtract(center)), in);
        }

        /// `ComputeInterpolationValuesInteger`, in 1024ths.
        static Place inFixedPoint(int i, int in, int out, Coordinates coordinates) {
            boolean aligns = coordinates == Coordinates.ALIGN_CORNERS && out > 1;
            int less = aligns ? 1 : 0;
            var scale = BigDecimal.valueOf(1024L * (in - less))
                    .divide(BigDecimal.valueOf(out - less), 0, RoundingMode.HALF_UP);
            var at = scale.multiply(BigDecimal.valueOf(i));
            if (coordinates == Coordinates.HALF_PIXEL) {
                at = at.add(scale.divide(BigDecimal.TWO).setScale(0, RoundingMode.DOWN))
                        .subtract(BigDecimal.valueOf(512));
            }
            return of(at.divide(BigDecimal.valueOf(1024)), in);
        }
    }

    private static int expected(
            QuantizedScene scene, FeatureMap in, FeatureMap out, Coordinates coordinates, int y, int x, int c) {
        var from = in.plane().shape();
        var to = out.plane().shape();
        boolean isFixed = in.numbers().least() < 0;
        var row = isFixed
                ? Place.inFixedPoint(y, from.height(), to.height(), coordinates)
                : Place.inFloats(y, from.height(), to.height(), coordinates);
        var column = isFixed
                ? Place.inFixedPoint(x, from.width(), to.width(), coordinates)
                : Place.inFloats(x, from.width(), to.width(), coordinates);
        var numbers = new int[] {
            scene.number(in, row.lower, column.lower, c),
            scene.number(in, row.lower, column.upper, c),
            scene.number(in, row.upper, column.lower, c),
            scene.number(in, row.upper, column.upper, c)
        };
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < 4; i++) {
            var down = i < 2 ? ONE.subtract(row.fraction) : row.fraction;
            var right = i % 2 == 0 ? ONE.subtract(column.fraction) : column.fraction;
            var number = BigDecimal.valueOf(numbers[i]);
            if (isFixed) {
                sum = sum.add(number.multiply(down).multiply(right));
            } else {
                var weight =
                        TfliteReference.toFloat(TfliteReference.toFloat(down).multiply(TfliteReference.toFloat(right)));
                sum = TfliteReference.toFloat(sum.add(TfliteReference.toFloat(number.multiply(weight))));
            }
        }
        BigInteger rounded = isFixed
                ? sum.setScale(0, RoundingMode.HALF_UP).toBigIntegerExact()
                : TfliteReference.toFloat(sum.add(HALF))
                        .setScale(0, RoundingMode.DOWN)
                        .toBigIntegerExact();
        return out.numbers().clamp(rounded);
    }

    private static void check(Shape input, int height, int width, Numbers numbers, int gap) {
        for (var coordinates : Coordinates.values()) {
            var scene = new QuantizedScene(gap, input.hashCode() + gap);
            var in = scene.input(input, numbers);
            var out = scene.output(new Shape(height, width, input.channels()), numbers);
            scene.check(kernel(in, out, coordinates), out, (y, x, c) -> expected(scene, in, out, coordinates, y, x, c));
        }
    }

    @Test
    void sizesUpAndDown() {
        int gap = 0;
        for (var numbers : Numbers.all()) {
            for (int channels : new int[] {1, 3, 8, 17}) {
                gap = (gap + 3) % 7;
                check(new Shape(5, 4, channels), 9, 11, numbers, gap);
                check(new Shape(9, 8, channels), 4, 5, numbers, gap);
                check(new Shape(4, 6, channels), 4, 12, numbers, gap);
                check(new Shape(1, 7, channels), 3, 1, numbers, gap);
                check(new Shape(3, 3, channels), 1, 1, numbers, gap);
            }
        }
    }

    @Test
    void sizesAtRandom() {
        var random = new Random(5);
        for (int i = 0; i < 40; i++) {
            var shape = new Shape(random.nextInt(1, 14), random.nextInt(1, 14), 2);
            int height = random.nextInt(1, 30);
            int width = random.nextInt(1, 30);
            check(shape, height, width, Numbers.int8(random.nextInt(-128, 128)), i % 5);
            check(shape, height, width, Numbers.uint8(random.nextInt(256)), i % 5);
        }
    }

    /// Steps of a 1024th are too coarse for so long a map: the last pixels would be read past the end.
    @Test
    void whatWouldLieOutsideIsReadAtTheEdge() {
        check(new Shape(3, 2, 1), 2048, 1, Numbers.int8(-5), 1);
        check(new Shape(2, 3, 1), 1, 2048, Numbers.int8(-5), 1);
    }

    /// By hand: half-way between 3 and 6, and between -3 and -6, lie halves, which go away from zero.
    @Test
    void golden() {
        for (int sign : new int[] {1, -1}) {
            var scene = new QuantizedScene(1, 1);
            var in = scene.input(new Shape(1, 2, 1), Numbers.int8(0));
            scene.set(in, 0, 0, 0, sign * 3);
            scene.set(in, 0, 1, 0, sign * 6);
            var out = scene.output(new Shape(1, 3, 1), Numbers.int8(0));
            var expected = new int[] {sign * 3, sign * 5, sign * 6};
            scene.check(kernel(in, out, Coordinates.ALIGN_CORNERS), out, (_, x, _) -> expected[x]);
        }
    }

    @Test
    void wrongShapesAreRefused() {
        var scene = new QuantizedScene(0, 1);
        var in = scene.input(new Shape(2, 2, 3), Numbers.int8(0));
        var more = scene.output(new Shape(4, 4, 4), Numbers.int8(0));
        assertThatIllegalArgumentException().isThrownBy(() -> kernel(in, more, Coordinates.HALF_PIXEL));
    }
}
