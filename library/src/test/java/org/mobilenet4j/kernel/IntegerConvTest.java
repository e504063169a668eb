package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.quantized.IntegerConv;
import org.mobilenet4j.kernel.quantized.RescaledKernel;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// Sums in floats and sums in 32-bit integers make the same quantized values, on both variants, as long as floats are
/// exact.
class IntegerConvTest {
    static List<KernelVariant> variants() {
        return KernelVariant.available().stream()
                .filter(variant -> variant != KernelVariant.MACHINE)
                .toList();
    }

    private static float[] whole(int size, int most, long seed) {
        var random = new Random(seed);
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(-most, most + 1);
        }
        return values;
    }

    private static OutputRescaling rescaling(int channels, int depth) {
        var random = new Random(channels);
        var multipliers = new FixedPointMultiplier[channels];
        Arrays.setAll(multipliers, c -> FixedPointMultiplier.of((0.5 + random.nextDouble()) / (60 * Math.sqrt(depth))));
        return new OutputRescaling(
                random.ints(channels, -9_000, 9_000).toArray(),
                multipliers,
                -128,
                127,
                false,
                (long) depth * 255 * 127);
    }

    private static Scene scene(Shape input, Shape output, Window window) {
        var scene = Scene.of(input, output, window, 3, 1);
        var stored = whole(input.elements(), 255, 2);
        for (int i = 0; i < stored.length; i++) {
            int pixel = i / input.channels();
            scene.memory[scene.in.at(pixel / input.width(), pixel % input.width()) + i % input.channels()] = stored[i];
        }
        return scene;
    }

    private static void conv(KernelVariant variant, Shape input, Window window, int filters, int groups) {
        var output = new Conv("c", filters, window, groups, false).outputShape(input);
        int depth = window.taps() * input.channels() / groups;
        var kernel = whole(depth * filters, 127, 3);
        var rescaling = rescaling(filters, depth);
        var expected = scene(input, output, window);
        var shape = new ConvShape(expected.in, expected.out, window, groups, Clamp.NONE);
        new IntegerConv(shape, WeightRows.of(kernel, shape), rescaling).run(expected.memory);

        var scene = scene(input, output, window);
        var sums = variant.kernels().conv(shape, WeightRows.of(kernel, shape), new float[filters]);
        run(new RescaledKernel(sums, variant.kernels().rescale(scene.out, rescaling)), scene);

        assertThat(scene.outputs()).isEqualTo(expected.outputs());
        assertThat(scene.outputs().stream().distinct().count()).isGreaterThan(Math.min(20, output.elements() / 3));
    }

    private static void depthwise(KernelVariant variant, Shape input, Window window, int multiplier) {
        var output = new DepthwiseConv("d", window, multiplier, false).outputShape(input);
        int channels = output.channels();
        var kernel = whole(window.taps() * channels, 127, 4);
        var rescaling = rescaling(channels, window.taps());
        var expected = scene(input, output, window);
        var grouped = new ConvShape(expected.in, expected.out, window, input.channels(), Clamp.NONE);
        new IntegerConv(grouped, WeightRows.of(kernel, grouped), rescaling).run(expected.memory);

        var scene = scene(input, output, window);
        var shape = new ConvShape(scene.in, scene.out, window, 1, Clamp.NONE);
        var sums = variant.kernels().depthwise(shape, kernel, new float[channels]);
        run(new RescaledKernel(sums, variant.kernels().rescale(scene.out, rescaling)), scene);

        assertThat(scene.outputs()).isEqualTo(expected.outputs());
    }

    /// In pieces, as threads do.
    private static void run(Kernel kernel, Scene scene) {
        int middle = kernel.units() / 2;
        kernel.run(Memory.of(scene.memory), middle, kernel.units());
        kernel.run(Memory.of(scene.memory), 0, middle);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void convolutions(KernelVariant variant) {
        conv(variant, new Shape(6, 5, 16), Window.square(1, 1, Padding.SAME), 40, 1);
        conv(variant, new Shape(9, 7, 3), Window.square(3, 2, Padding.SAME), 17, 1);
        conv(variant, new Shape(8, 6, 12), new Window(2, 5, 1, 1, Padding.VALID), 8, 4);
        conv(variant, new Shape(9, 6, 5), new Window(3, 3, 2, 1, 1, Padding.SAME), 33, 1);
        conv(variant, new Shape(8, 20, 12), new Window(2, 2, 1, 3, 1, Padding.SAME), 8, 4);
        conv(variant, new Shape(7, 7, 5), new Window(3, 3, 1, 2, Padding.SAME), 33, 1);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void manyWeightsWhoseUnitsAreChannels(KernelVariant variant) {
        conv(variant, Shape.vector(300), Window.square(1, 1, Padding.VALID), 501, 1);
        conv(variant, new Shape(2, 2, 400), Window.square(1, 1, Padding.VALID), 130, 1);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void depthwiseConvolutions(KernelVariant variant) {
        depthwise(variant, new Shape(8, 9, 24), Window.square(3, 1, Padding.SAME), 1);
        depthwise(variant, new Shape(9, 8, 7), Window.square(3, 2, Padding.SAME), 3);
        depthwise(variant, new Shape(6, 6, 20), Window.square(5, 1, Padding.VALID), 1);
    }
}
