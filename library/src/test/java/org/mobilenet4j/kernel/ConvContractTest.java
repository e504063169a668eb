package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.Scene.Expected;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// What every variant of the convolution kernel keeps: pointwise, standard, grouped and dense.
@Tag("contract")
class ConvContractTest {
    private static final int[] CHANNELS = {1, 3, 7, 8, 15, 16, 17, 24, 31, 32, 33, 48, 65};
    static final List<Padding> PADDINGS = List.of(
            Padding.SAME,
            Padding.SYMMETRIC,
            Padding.VALID,
            new Padding.Explicit(0, 1, 0, 1),
            new Padding.Explicit(2, 0, 1, 3));

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static void check(
            KernelVariant variant, Shape input, int outputs, Window window, int groups, Clamp clamp, int gap) {
        var output = new Conv("conv", outputs, window, groups, false).outputShape(input);
        var scene = Scene.of(input, output, window, gap, 1);
        int inputs = input.channels() / groups;
        var kernel = Scene.random(window.taps() * inputs * outputs, 2);
        var bias = Scene.random(outputs, 3);
        var shape = new ConvShape(scene.in, scene.out, window, groups, clamp);

        scene.run(variant, variant.kernels().conv(shape, WeightRows.of(kernel, shape), bias));
        var reference = Scene.of(input, output, window, gap, 1);
        reference.run(
                KernelVariant.SCALAR, KernelVariant.SCALAR.kernels().conv(shape, WeightRows.of(kernel, shape), bias));

        assertThat(scene.outputs()).as("the same bits as the reference").isEqualTo(reference.outputs());

        scene.assertOutputs(
                (y, x, o) -> {
                    double sum = bias[o];
                    double magnitude = Math.abs(bias[o]);
                    int firstInput = o / (outputs / groups) * inputs;
                    for (int i = 0; i < window.height(); i++) {
                        for (int j = 0; j < window.width(); j++) {
                            int row = y * window.strideRows() - window.top(input) + i * window.dilation();
                            int column = x * window.strideColumns() - window.left(input) + j * window.dilation();
                            for (int c = 0; c < inputs; c++) {
                                double term = (double) scene.input(row, column, firstInput + c)
                                        * kernel[((i * window.width() + j) * inputs + c) * outputs + o];
                                sum += term;
                                magnitude += Math.abs(term);
                            }
                        }
                    }
                    return new Expected(sum, magnitude, window.taps() * inputs + 1);
                },
                clamp);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void pointwiseAroundEveryLaneWidth(KernelVariant variant) {
        for (int inputs : CHANNELS) {
            for (int outputs : CHANNELS) {
                check(variant, new Shape(5, 6, inputs), outputs, Window.square(1, 1, Padding.SAME), 1, Clamp.RELU6, 4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void pointwiseWithEveryNumberOfPixels(KernelVariant variant) {
        for (int pixels = 1; pixels <= 60; pixels++) {
            check(variant, new Shape(1, pixels, 5), 33, Window.square(1, 1, Padding.SAME), 1, Clamp.NONE, 0);
            check(variant, new Shape(1, pixels, 5), 9, Window.square(1, 1, Padding.SAME), 1, Clamp.NONE, 3);
        }
        check(variant, new Shape(19, 17, 12), 40, Window.square(1, 1, Padding.SAME), 1, Clamp.NONE, 0);
        check(variant, new Shape(19, 17, 12), 40, Window.square(1, 2, Padding.SAME), 1, Clamp.NONE, 0);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void standardWithEveryPaddingAndStride(KernelVariant variant) {
        for (var padding : PADDINGS) {
            for (int stride = 1; stride <= 3; stride++) {
                for (int size : new int[] {7, 8}) {
                    var window = Window.square(3, stride, padding);
                    check(variant, new Shape(size, size + 2, 3), 8, window, 1, Clamp.RELU6, 0);
                    check(variant, new Shape(size, size + 1, 3), 17, window, 1, Clamp.RELU, 1);
                    check(variant, new Shape(size + 1, size, 18), 35, window, 1, Clamp.NONE, 0);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void windowsOfOtherShapes(KernelVariant variant) {
        check(variant, new Shape(9, 11, 4), 20, new Window(1, 7, 1, 1, Padding.SAME), 1, Clamp.NONE, 0);
        check(variant, new Shape(9, 11, 4), 20, new Window(7, 1, 2, 1, Padding.SAME), 1, Clamp.NONE, 0);
        check(variant, new Shape(9, 11, 4), 20, new Window(3, 3, 2, 1, 1, Padding.SAME), 1, Clamp.NONE, 0);
        check(variant, new Shape(9, 30, 4), 40, new Window(1, 1, 1, 3, 1, Padding.VALID), 1, Clamp.RELU6, 0);
        check(variant, new Shape(49, 10, 1), 64, new Window(10, 4, 2, 1, 1, Padding.SAME), 1, Clamp.RELU, 0);
        check(variant, new Shape(12, 9, 8), 12, new Window(2, 3, 1, 2, 2, Padding.SAME), 4, Clamp.NONE, 1);
        check(variant, new Shape(13, 11, 6), 20, new Window(3, 3, 1, 2, Padding.SAME), 1, Clamp.NONE, 0);
        check(variant, new Shape(15, 15, 3), 40, new Window(11, 11, 4, 1, Padding.VALID), 1, Clamp.RELU, 0);
        check(variant, new Shape(4, 4, 6), 300, new Window(4, 4, 1, 1, Padding.VALID), 1, Clamp.NONE, 0);
        check(variant, new Shape(2, 2, 5), 6, new Window(5, 5, 2, 1, Padding.SAME), 1, Clamp.NONE, 0);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void groups(KernelVariant variant) {
        for (int each : CHANNELS) {
            check(variant, new Shape(6, 5, 2 * each), 2 * each, Window.square(3, 1, Padding.SAME), 2, Clamp.RELU6, 0);
            check(variant, new Shape(6, 5, 3 * each), 3 * 17, Window.square(1, 1, Padding.SAME), 3, Clamp.NONE, 2);
        }
        check(variant, new Shape(6, 5, 40), 40, Window.square(3, 2, Padding.SAME), 40, Clamp.NONE, 0);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void denseIsPointwiseOnOnePixel(KernelVariant variant) {
        for (int inputs : CHANNELS) {
            for (int outputs : new int[] {1, 2, 15, 33, 64, 100, 1001}) {
                check(variant, Shape.vector(inputs), outputs, Window.square(1, 1, Padding.VALID), 1, Clamp.NONE, 0);
            }
        }
        check(variant, Shape.vector(4096), 70, Window.square(1, 1, Padding.VALID), 1, Clamp.NONE, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void wrongSizesAreRefused(int wrong) {
        var scene = Scene.of(new Shape(2, 2, 3), new Shape(2, 2, 4), Window.square(1, 1, Padding.SAME), 0, 1);
        var shape = new ConvShape(scene.in, scene.out, Window.square(1, 1, Padding.SAME), 1, Clamp.NONE);

        assertThatThrownBy(() -> KernelVariant.SCALAR
                        .kernels()
                        .conv(shape, WeightRows.of(new float[12 + wrong], shape), new float[5 - wrong]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2x2x3");
    }

    @Test
    void planesThatDoNotFitTheWindowAreRefused() {
        var scene = Scene.of(new Shape(4, 4, 3), new Shape(4, 4, 4), Window.square(1, 1, Padding.SAME), 0, 1);

        assertThatThrownBy(() -> new ConvShape(scene.in, scene.out, Window.square(3, 2, Padding.SAME), 1, Clamp.NONE))
                .hasMessageContaining("gives 2x2");
        assertThatThrownBy(() -> new ConvShape(scene.in, scene.out, Window.square(1, 1, Padding.SAME), 2, Clamp.NONE))
                .hasMessageContaining("2 groups");
    }
}
