package org.mobilenet4j.kernel.quantized;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.quantized.QuantizedScene.FeatureMap;
import org.mobilenet4j.kernel.quantized.QuantizedScene.Numbers;
import org.mobilenet4j.tensor.Shape;

/// The mean of the stored numbers under a window, rounded to the nearest: half up where they have no sign, and half
/// away
/// from zero where they do.
class QuantizedAverageContractTest {
    private static PlainKernel kernel(FeatureMap in, FeatureMap out, Window window) {
        var geometry = new ConvShape(in.plane(), out.plane(), window, 1, Clamp.NONE);
        return new QuantizedAveragePool(
                geometry, in.numbers().range(), out.numbers().range());
    }

    private static void check(Shape input, Window window, Numbers from, Numbers to, int gap) {
        var scene = new QuantizedScene(gap, input.hashCode() + gap);
        var in = scene.input(input, from);
        var out = scene.output(Pool.average("pool", window).outputShape(input), to);
        scene.check(kernel(in, out, window), out, (y, x, c) -> expected(scene, in, out, window, y, x, c));
    }

    private static int expected(
            QuantizedScene scene, FeatureMap in, FeatureMap out, Window window, int y, int x, int c) {
        var input = in.plane().shape();
        long sum = 0;
        long count = 0;
        for (int row = 0; row < input.height(); row++) {
            for (int column = 0; column < input.width(); column++) {
                int i = row - y * window.strideRows() + window.top(input);
                int j = column - x * window.strideColumns() + window.left(input);
                if (i >= 0 && i < window.height() && j >= 0 && j < window.width()) {
                    sum += scene.number(in, row, column, c);
                    count++;
                }
            }
        }
        // HALF_UP is half away from zero; numbers without a sign have no negative sums.
        var mean = BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP);
        return out.numbers().clamp(mean.toBigIntegerExact());
    }

    @Test
    void windowsOfEverySize() {
        int gap = 0;
        for (int channels : new int[] {1, 3, 8, 15, 16, 17, 33}) {
            for (var numbers : Numbers.all()) {
                gap = (gap + 3) % 7;
                check(new Shape(7, 8, channels), Window.square(3, 2, Padding.SAME), numbers, numbers, gap);
                check(new Shape(8, 5, channels), Window.square(2, 2, Padding.VALID), numbers, numbers, gap);
                check(new Shape(5, 7, channels), Window.square(4, 1, Padding.SYMMETRIC), numbers, numbers, gap);
                check(new Shape(6, 4, channels), new Window(2, 3, 1, 1, Padding.SAME), numbers, numbers, gap);
                var uneven = new Window(4, 3, 3, 1, new Padding.Explicit(0, 3, 2, 0));
                check(new Shape(5, 6, channels), uneven, numbers, numbers, gap);
                check(new Shape(7, 5, channels), new Window(7, 5, 1, 1, Padding.VALID), numbers, numbers, gap);
                check(new Shape(7, 9, channels), new Window(3, 2, 1, 3, 1, Padding.SAME), numbers, numbers, gap);
            }
        }
    }

    @Test
    void activationsNarrowTheRange() {
        for (var numbers : Numbers.all()) {
            check(new Shape(9, 9, 17), Window.square(2, 1, Padding.SAME), numbers, numbers.narrowed(), 5);
        }
    }

    /// All means of two and of four numbers near a half, below zero and above.
    @Test
    void halves() {
        for (var numbers : Numbers.all()) {
            var shape = new Shape(2, 2, 64);
            var scene = new QuantizedScene(1, 1);
            var in = scene.input(shape, numbers);
            for (int c = 0; c < 64; c++) {
                for (int i = 0; i < 4; i++) {
                    int middle = (numbers.least() + numbers.greatest()) / 2;
                    scene.set(in, i / 2, i % 2, c, middle + (i == 0 ? c - 32 : i < 3 ? c % 2 : 0));
                }
            }
            var window = Window.square(2, 1, Padding.SAME);
            var out = scene.output(shape, numbers);
            scene.check(kernel(in, out, window), out, (y, x, c) -> expected(scene, in, out, window, y, x, c));
        }
    }

    /// Worked out by hand, in sixteenths: the mean of 0, 6, 3, 2 is 2.75, that of 2, 4, 10, 7 is 5.75.
    @Test
    void golden() {
        var sixteenths = new int[][] {{0, 96, 32, 64}, {48, 32, 160, 112}};
        var scene = new QuantizedScene(2, 1);
        var in = scene.input(new Shape(2, 4, 1), Numbers.uint8(0));
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 4; x++) {
                scene.set(in, y, x, 0, sixteenths[y][x]);
            }
        }
        var out = scene.output(new Shape(1, 2, 1), Numbers.uint8(0));
        scene.check(kernel(in, out, Window.square(2, 2, Padding.SAME)), out, (_, x, _) -> x == 0 ? 44 : 92);
    }
}
