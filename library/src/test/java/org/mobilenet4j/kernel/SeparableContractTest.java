package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// A depthwise and a pointwise convolution in one give what they give one after the other.
@Tag("contract")
class SeparableContractTest {
    private static final Window POINT = Window.square(1, 1, Padding.SAME);

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static void check(KernelVariant variant, Shape input, int outputs, Window window) {
        var middle = new Shape(
                1 + (input.height() + window.top(input) + window.bottom(input) - 3) / window.strideRows(),
                1 + (input.width() + window.left(input) + window.right(input) - 3) / window.strideColumns(),
                input.channels());
        var scene = Scene.of(input, new Shape(middle.height(), middle.width(), outputs), window, 0, 1);
        var between = Plane.dense(scene.memory.length, middle);
        var taps = Scene.random(9 * input.channels(), 2);
        var tapBias = Scene.random(input.channels(), 3);
        var weights = Scene.random(input.channels() * outputs, 4);
        var bias = Scene.random(outputs, 5);
        var first = new ConvShape(scene.in, between, window, 1, Clamp.RELU6);
        var second = new ConvShape(between, scene.out, POINT, 1, Clamp.RELU);
        int size = scene.memory.length + middle.elements() + Kernel.SLACK;

        var inTurn = Arrays.copyOf(scene.memory, size);
        KernelVariant.SCALAR.kernels().depthwise(first, taps, tapBias).run(Memory.of(inTurn));
        KernelVariant.SCALAR
                .kernels()
                .conv(second, WeightRows.of(weights, second), bias)
                .run(Memory.of(inTurn));
        var together = Arrays.copyOf(scene.memory, size);
        var kernels = variant.kernels();
        var separable = kernels.separable(first, taps, tapBias, second, WeightRows.of(weights, second), bias);
        int third = separable.units() / 3;
        VariantMemory.run(variant, separable, together, third, separable.units());
        VariantMemory.run(variant, separable, together, 0, third);

        // Nobody reads the map between the two, so what is left of it is nobody's concern.
        assertThat(Arrays.copyOf(together, scene.memory.length)).isEqualTo(Arrays.copyOf(inTurn, scene.memory.length));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void channelsAroundEveryLaneWidth(KernelVariant variant) {
        for (int inputs : new int[] {1, 8, 15, 17, 33}) {
            for (int outputs : new int[] {3, 16, 40}) {
                check(variant, new Shape(9, 7, inputs), outputs, Window.square(3, 1, Padding.SAME));
                check(variant, new Shape(12, 11, inputs), outputs, Window.square(3, 2, Padding.SYMMETRIC));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void lowMapsAndNarrowOnes(KernelVariant variant) {
        check(variant, new Shape(1, 40, 16), 16, Window.square(3, 1, Padding.SAME));
        check(variant, new Shape(40, 1, 16), 16, Window.square(3, 1, Padding.SAME));
        check(variant, new Shape(2, 2, 48), 16, Window.square(3, 2, Padding.SAME));
        check(variant, new Shape(9, 12, 24), 16, new Window(3, 3, 2, 1, 1, Padding.SAME));
        check(variant, new Shape(9, 12, 24), 16, new Window(3, 3, 1, 2, 1, Padding.SAME));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void mapsOfSeveralBands(KernelVariant variant) {
        check(variant, new Shape(41, 40, 33), 40, Window.square(3, 1, Padding.SAME));
        check(variant, new Shape(60, 64, 64), 20, Window.square(3, 2, Padding.SAME));
    }

    @Test
    void mapsThatDoNotMeetAreRefused() {
        var window = Window.square(3, 1, Padding.SAME);
        var shape = new Shape(4, 4, 2);
        var scene = Scene.of(shape, shape, window, 0, 1);
        var depthwise = KernelVariant.SCALAR
                .kernels()
                .depthwise(
                        new ConvShape(scene.in, Plane.dense(0, shape), window, 1, Clamp.NONE),
                        new float[18],
                        new float[2]);
        var other = new Shape(8, 4, 2);
        var point = new ConvShape(Plane.dense(0, other), Plane.dense(0, other), POINT, 1, Clamp.NONE);
        var pointwise = KernelVariant.SCALAR.kernels().conv(point, WeightRows.of(new float[4], point), new float[2]);

        assertThatThrownBy(() -> new SeparableKernel(depthwise, pointwise)).hasMessageContaining("row by row");
    }
}
