package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.Scene.Expected;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// What every variant of the depthwise kernel keeps.
@Tag("contract")
class DepthwiseContractTest {
    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static void check(KernelVariant variant, Shape input, int multiplier, Window window, Clamp clamp, int gap) {
        var output = new DepthwiseConv("dw", window, multiplier, false).outputShape(input);
        var scene = Scene.of(input, output, window, gap, 4);
        int outputs = output.channels();
        var kernel = Scene.random(window.taps() * outputs, 5);
        var bias = Scene.random(outputs, 6);
        var shape = new ConvShape(scene.in, scene.out, window, 1, clamp);

        scene.run(variant, variant.kernels().depthwise(shape, kernel, bias));
        var reference = Scene.of(input, output, window, gap, 4);
        reference.run(KernelVariant.SCALAR, KernelVariant.SCALAR.kernels().depthwise(shape, kernel, bias));

        assertThat(scene.outputs()).as("the same bits as the reference").isEqualTo(reference.outputs());

        scene.assertOutputs(
                (y, x, o) -> {
                    double sum = bias[o];
                    double magnitude = Math.abs(bias[o]);
                    for (int i = 0; i < window.height(); i++) {
                        for (int j = 0; j < window.width(); j++) {
                            int row = y * window.strideRows() - window.top(input) + i * window.dilation();
                            int column = x * window.strideColumns() - window.left(input) + j * window.dilation();
                            double term = (double) scene.input(row, column, o / multiplier)
                                    * kernel[(i * window.width() + j) * outputs + o];
                            sum += term;
                            magnitude += Math.abs(term);
                        }
                    }
                    return new Expected(sum, magnitude, window.taps() + 1);
                },
                clamp);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void channelsAroundEveryLaneWidth(KernelVariant variant) {
        for (int channels : new int[] {1, 3, 4, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 130}) {
            for (int stride = 1; stride <= 2; stride++) {
                var window = Window.square(3, stride, Padding.SAME);
                check(variant, new Shape(6, 7, channels), 1, window, Clamp.RELU6, 0);
                check(variant, new Shape(7, 6, channels), 1, window, Clamp.NONE, 5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyPaddingStrideAndSize(KernelVariant variant) {
        for (var padding : ConvContractTest.PADDINGS) {
            for (int stride = 1; stride <= 3; stride++) {
                for (int size = 3; size <= 10; size++) {
                    check(variant, new Shape(size, 13 - size, 20), 1, Window.square(3, stride, padding), Clamp.RELU, 0);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void tinyMaps(KernelVariant variant) {
        for (int height = 1; height <= 3; height++) {
            for (int width = 1; width <= 5; width++) {
                for (int stride = 1; stride <= 2; stride++) {
                    var window = Window.square(3, stride, Padding.SAME);
                    check(variant, new Shape(height, width, 24), 1, window, Clamp.NONE, 0);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void otherWindowsAndMultipliers(KernelVariant variant) {
        check(variant, new Shape(9, 8, 19), 1, Window.square(5, 1, Padding.SAME), Clamp.NONE, 0);
        check(variant, new Shape(9, 8, 19), 1, new Window(3, 3, 1, 2, Padding.SAME), Clamp.RELU6, 0);
        check(variant, new Shape(9, 8, 19), 1, new Window(3, 3, 1, 4, Padding.SAME), Clamp.RELU6, 0);
        check(variant, new Shape(9, 8, 19), 1, new Window(7, 2, 2, 1, Padding.SAME), Clamp.NONE, 0);
        check(variant, new Shape(9, 8, 19), 1, Window.square(1, 1, Padding.SAME), Clamp.NONE, 0);
        check(variant, new Shape(9, 8, 7), 2, Window.square(3, 1, Padding.SAME), Clamp.NONE, 0);
        check(variant, new Shape(9, 8, 1), 17, Window.square(3, 2, Padding.SAME), Clamp.NONE, 3);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void stridesThatDifferBetweenRowsAndColumns(KernelVariant variant) {
        for (int channels : new int[] {3, 19, 64}) {
            check(variant, new Shape(9, 8, channels), 1, new Window(3, 3, 2, 1, 1, Padding.SAME), Clamp.RELU6, 0);
            check(variant, new Shape(9, 40, channels), 1, new Window(3, 3, 1, 2, 1, Padding.SAME), Clamp.NONE, 0);
            check(variant, new Shape(11, 8, channels), 1, new Window(5, 2, 1, 3, 2, Padding.SAME), Clamp.NONE, 1);
        }
        check(variant, new Shape(9, 8, 7), 2, new Window(10, 4, 2, 1, 1, Padding.SAME), Clamp.NONE, 0);
    }

    @Test
    void wrongSizesAreRefused() {
        var scene = Scene.of(new Shape(4, 4, 3), new Shape(4, 4, 4), Window.square(1, 1, Padding.SAME), 0, 1);
        var shape = new ConvShape(scene.in, scene.out, Window.square(1, 1, Padding.SAME), 1, Clamp.NONE);

        assertThatThrownBy(() -> KernelVariant.SCALAR.kernels().depthwise(shape, new float[4], new float[4]))
                .hasMessageContaining("4x4x3");
    }
}
