package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.Scene.Expected;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// What every variant of the pooling kernel keeps; what lies outside the map does not count.
@Tag("contract")
class PoolContractTest {
    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static void check(KernelVariant variant, Shape input, Window window, Pool.Kind kind, int gap) {
        var output = new Pool("pool", kind, window).outputShape(input);
        var scene = Scene.of(input, output, window, gap, 7);
        var shape = new ConvShape(scene.in, scene.out, window, 1, Clamp.NONE);

        scene.run(variant, variant.kernels().pool(shape, kind));
        var reference = Scene.of(input, output, window, gap, 7);
        reference.run(KernelVariant.SCALAR, KernelVariant.SCALAR.kernels().pool(shape, kind));

        assertThat(scene.outputs()).as("the same bits as the reference").isEqualTo(reference.outputs());

        scene.assertOutputs(
                (y, x, c) -> {
                    double sum = 0;
                    double magnitude = 0;
                    double largest = Double.NEGATIVE_INFINITY;
                    int count = 0;
                    for (int i = 0; i < window.height(); i++) {
                        for (int j = 0; j < window.width(); j++) {
                            int row = y * window.strideRows() - window.top(input) + i;
                            int column = x * window.strideColumns() - window.left(input) + j;
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
    @MethodSource("variants")
    void channelsStridesAndPaddings(KernelVariant variant) {
        for (var kind : Pool.Kind.values()) {
            for (int channels : new int[] {1, 7, 8, 15, 16, 17, 24, 31, 33, 64}) {
                check(variant, new Shape(7, 8, channels), Window.square(3, 2, Padding.SAME), kind, 0);
                check(variant, new Shape(7, 8, channels), Window.square(2, 2, Padding.VALID), kind, 3);
                check(variant, new Shape(8, 7, channels), Window.square(3, 1, Padding.SYMMETRIC), kind, 0);
                check(
                        variant,
                        new Shape(8, 7, channels),
                        Window.square(3, 2, new Padding.Explicit(0, 1, 0, 1)),
                        kind,
                        1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theWholeMap(KernelVariant variant) {
        for (int channels : new int[] {1, 8, 17, 256, 1024}) {
            check(variant, new Shape(7, 5, channels), new Window(7, 5, 1, 1, Padding.VALID), Pool.Kind.AVERAGE, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void stridesThatDifferBetweenRowsAndColumns(KernelVariant variant) {
        for (var kind : Pool.Kind.values()) {
            for (int channels : new int[] {1, 17, 64}) {
                check(variant, new Shape(9, 8, channels), new Window(3, 3, 2, 1, 1, Padding.SAME), kind, 0);
                check(variant, new Shape(9, 11, channels), new Window(2, 3, 1, 3, 1, Padding.VALID), kind, 1);
            }
        }
    }

    @Test
    void otherChannelsAreRefused() {
        var window = Window.square(1, 1, Padding.SAME);
        var scene = Scene.of(new Shape(4, 4, 3), new Shape(4, 4, 6), window, 0, 1);
        var shape = new ConvShape(scene.in, scene.out, window, 1, Clamp.NONE);

        assertThatThrownBy(() -> KernelVariant.SCALAR.kernels().pool(shape, Pool.Kind.MAX))
                .hasMessageContaining("cannot change the channels");
    }
}
