package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.Scene.Expected;
import org.mobilenet4j.tensor.Shape;

/// What every twin of the pooling kernel keeps; what lies outside the map does not count.
@Tag("contract")
class PoolContractTest {
    static List<Arithmetic> twins() {
        return Arithmetics.present();
    }

    private static void check(Arithmetic twin, Shape input, Window window, Pool.Kind kind, int gap) {
        var output = new Pool("pool", kind, window).outputShape(input);
        var scene = Scene.of(input, output, window, gap, 7);
        var shape = new ConvShape(scene.in, scene.out, window, 1, Clamp.NONE);

        scene.run(PoolKernel.create(twin, shape, kind));
        var reference = Scene.of(input, output, window, gap, 7);
        reference.run(PoolKernel.create(Arithmetic.SCALAR, shape, kind));

        assertThat(scene.outputs()).as("the same bits as the reference").isEqualTo(reference.outputs());

        scene.assertOutputs(
                (y, x, c) -> {
                    double sum = 0;
                    double magnitude = 0;
                    double largest = Double.NEGATIVE_INFINITY;
                    int count = 0;
                    for (int i = 0; i < window.height(); i++) {
                        for (int j = 0; j < window.width(); j++) {
                            int row = y * window.stride() - window.top(input) + i;
                            int column = x * window.stride() - window.left(input) + j;
                            if (row < 0 || row >= input.height() || column < 0 || column >= input.width()) {
                                continue;
                            }
                            double value = scene.input(row, column, c);
                            sum += value;
                            magnitude += Math.abs(value);
                            largest = Math.max(largest, value);
                            count++;
                        }
                    }
                    return kind == Pool.Kind.MAX
                            ? new Expected(largest, 0, 0)
                            : new Expected(sum / count, magnitude / count, count);
                },
                Clamp.NONE);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void channelsStridesAndPaddings(Arithmetic twin) {
        for (var kind : Pool.Kind.values()) {
            for (int channels : new int[] {1, 7, 8, 15, 16, 17, 24, 31, 33, 64}) {
                check(twin, new Shape(7, 8, channels), Window.square(3, 2, Padding.SAME), kind, 0);
                check(twin, new Shape(7, 8, channels), Window.square(2, 2, Padding.VALID), kind, 3);
                check(twin, new Shape(8, 7, channels), Window.square(3, 1, Padding.SYMMETRIC), kind, 0);
                check(twin, new Shape(8, 7, channels), Window.square(3, 2, new Padding.Explicit(0, 1, 0, 1)), kind, 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theWholeMap(Arithmetic twin) {
        for (int channels : new int[] {1, 8, 17, 256, 1024}) {
            check(twin, new Shape(7, 5, channels), new Window(7, 5, 1, 1, Padding.VALID), Pool.Kind.AVERAGE, 0);
        }
    }
}
