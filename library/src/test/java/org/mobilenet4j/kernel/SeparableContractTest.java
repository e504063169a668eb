package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// A depthwise and a pointwise convolution in one give what they give one after the other.
@Tag("contract")
class SeparableContractTest {
    private static final Window POINT = Window.square(1, 1, Padding.SAME);

    static List<Arithmetic> twins() {
        return Arithmetics.present();
    }

    private static void check(Arithmetic twin, Shape input, int outputs, Window window) {
        check(twin, input, outputs, window, 3);
    }

    /// @param gap floats between pixels of the map between the two
    private static void check(Arithmetic twin, Shape input, int outputs, Window window, int gap) {
        var middle = new Shape(
                1 + (input.height() + window.top(input) + window.bottom(input) - 3) / window.stride(),
                1 + (input.width() + window.left(input) + window.right(input) - 3) / window.stride(),
                input.channels());
        var output = new Shape(middle.height(), middle.width(), outputs);
        var taps = Scene.random(9 * input.channels(), 2);
        var tapBias = Scene.random(input.channels(), 3);
        var weights = Scene.random(input.channels() * outputs, 4);
        var bias = Scene.random(outputs, 5);

        var scene = Scene.of(input, output, window, 0, 1);
        scene.run(separable(twin, scene, middle, gap, window, taps, tapBias, weights, bias));

        var between = Plane.dense(0, middle);
        var separate = Scene.of(input, output, window, 0, 1);
        var map = new float[middle.elements() + Kernel.SLACK];
        DepthwiseKernel.create(
                        Arithmetic.SCALAR, new ConvShape(separate.in, between, window, 1, Clamp.RELU6), taps, tapBias)
                .run(separate.memory, map, 0, 0, middle.height());
        ConvKernel.create(Arithmetic.SCALAR, new ConvShape(between, separate.out, POINT, 1, Clamp.RELU), weights, bias)
                .run(map, 0, separate.memory, 0, middle.height());

        assertThat(scene.outputs()).isEqualTo(separate.outputs());
    }

    private static Kernel separable(
            Arithmetic twin,
            Scene scene,
            Shape middle,
            int gap,
            Window window,
            float[] taps,
            float[] tapBias,
            float[] weights,
            float[] bias) {
        int pixelStride = middle.channels() + gap;
        var between = new Plane(0, middle, middle.width() * pixelStride + 5, pixelStride);
        return new SeparableKernel(
                DepthwiseKernel.create(twin, new ConvShape(scene.in, between, window, 1, Clamp.RELU6), taps, tapBias),
                ConvKernel.create(twin, new ConvShape(between, scene.out, POINT, 1, Clamp.RELU), weights, bias),
                between);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void channelsAroundEveryLaneWidth(Arithmetic twin) {
        for (int inputs : new int[] {1, 8, 15, 17, 33}) {
            for (int outputs : new int[] {3, 16, 40}) {
                check(twin, new Shape(9, 7, inputs), outputs, Window.square(3, 1, Padding.SAME));
                check(twin, new Shape(12, 11, inputs), outputs, Window.square(3, 2, Padding.SYMMETRIC));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void mapsOfSeveralBands(Arithmetic twin) {
        int wide = 3_000;
        check(twin, new Shape(41, 9, 18), 24, Window.square(3, 1, Padding.SAME), wide);
        check(twin, new Shape(83, 13, 7), 17, Window.square(3, 2, Padding.SAME), wide);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void lowMapsAndNarrowOnes(Arithmetic twin) {
        check(twin, new Shape(1, 40, 16), 16, Window.square(3, 1, Padding.SAME));
        check(twin, new Shape(40, 1, 16), 16, Window.square(3, 1, Padding.SAME));
        check(twin, new Shape(2, 2, 48), 16, Window.square(3, 2, Padding.SAME));
    }

    @Test
    void mapsThatDoNotMeetAreRefused() {
        var window = Window.square(3, 1, Padding.SAME);
        var shape = new Shape(4, 4, 2);
        var scene = Scene.of(shape, shape, window, 0, 1);
        var depthwise = DepthwiseKernel.create(
                Arithmetic.SCALAR,
                new ConvShape(scene.in, Plane.dense(0, shape), window, 1, Clamp.NONE),
                new float[18],
                new float[2]);
        var other = new Shape(8, 4, 2);
        var pointwise = ConvKernel.create(
                Arithmetic.SCALAR,
                new ConvShape(Plane.dense(0, other), Plane.dense(0, other), POINT, 1, Clamp.NONE),
                new float[4],
                new float[2]);

        assertThatThrownBy(() -> new SeparableKernel(depthwise, pointwise, Plane.dense(0, shape)))
                .hasMessageContaining("row by row");
    }
}
