package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// What every variant of the rescaling kernel keeps: the integers of the definition, and nothing written but the
/// channels
/// and their room.
@Tag("contract")
class RescaleContractTest {
    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static OutputRescaling rescaling(int channels, boolean halvesGoUp, Random random) {
        return rescaling(channels, halvesGoUp, -100, -14, 1 << 24, random);
    }

    private static OutputRescaling rescaling(
            int channels, boolean halvesGoUp, int low, int leastShift, int mostSum, Random random) {
        var bias = random.ints(channels, -mostSum / 16, mostSum / 16).toArray();
        var multipliers = new FixedPointMultiplier[channels];
        // Coarse significands make ties, fine ones the rest.
        Arrays.setAll(
                multipliers,
                c -> new FixedPointMultiplier(
                        c % 2 == 0 ? 1 << 30 : random.nextInt(1 << 30, Integer.MAX_VALUE),
                        random.nextInt(leastShift, 3)));
        return new OutputRescaling(bias, multipliers, low, 127, halvesGoUp, mostSum);
    }

    private static int expected(OutputRescaling rescaling, int sum, int c) {
        var multiplier = rescaling.multiplier(c);
        long exact =
                FixedPointMultiplierTest.expected((long) sum + rescaling.bias(c), multiplier, rescaling.halvesGoUp());
        return Math.clamp(exact, rescaling.low(), rescaling.high());
    }

    /// Any sum, or one whose result lies as near to a half as there is one.
    private static int sum(OutputRescaling rescaling, int c, Random random) {
        int most = (int) rescaling.mostSum();
        if (random.nextInt(4) == 0) {
            return random.nextInt(-most, most + 1);
        }
        double factor = Math.scalb(
                (double) rescaling.multiplier(c).significand(),
                rescaling.multiplier(c).shift() - 31);
        long half = Math.round((random.nextInt(-130, 130) + 0.5) / factor);
        return Math.clamp(half - rescaling.bias(c) + random.nextInt(-1, 2), -most, most);
    }

    private static void check(
            KernelVariant variant, Shape shape, int gap, int room, boolean byChannels, boolean halvesGoUp) {
        var random = new Random(shape.hashCode() + gap);
        check(variant, shape, gap, room, byChannels, rescaling(shape.channels(), halvesGoUp, random), random);
    }

    private static void check(
            KernelVariant variant,
            Shape shape,
            int gap,
            int room,
            boolean byChannels,
            OutputRescaling rescaling,
            Random random) {
        int channels = shape.channels();
        int pixel = channels + gap;
        var plane = new Plane(9, shape, shape.width() * pixel + gap, pixel, channels + room);
        var memory = new float[plane.at(shape.height(), 0) + Kernel.SLACK];
        Arrays.fill(memory, Scene.SENTINEL);
        var expected = memory.clone();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    int sum = sum(rescaling, c, random);
                    memory[plane.at(y, x) + c] = sum;
                    expected[plane.at(y, x) + c] = expected(rescaling, sum, c);
                }
            }
        }

        var kernel = variant.kernels().rescale(plane, rescaling);
        if (byChannels) {
            kernel.runChannels(memory, 0, channels / 3);
            kernel.runChannels(memory, channels / 3, channels);
        } else {
            kernel.run(memory, shape.height() / 2, shape.height());
            kernel.run(memory, 0, shape.height() / 2);
        }

        for (int y = 0; y < shape.height(); y++) { // what lies in the room behind a pixel is anybody's
            for (int x = 0; x < shape.width(); x++) {
                Arrays.fill(memory, plane.at(y, x) + channels, plane.at(y, x) + channels + room, Scene.SENTINEL);
            }
        }
        assertThat(memory).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void channelsAroundEveryLaneWidth(KernelVariant variant) {
        for (int channels : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 130}) {
            for (boolean up : new boolean[] {false, true}) {
                check(variant, new Shape(3, 4, channels), 0, 0, false, up);
                check(variant, new Shape(3, 4, channels), 5, 0, false, up);
                check(variant, new Shape(2, 3, channels), 16, 16, false, up);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void channelsInShares(KernelVariant variant) {
        for (int channels : new int[] {3, 24, 47, 96, 130}) {
            check(variant, new Shape(1, 1, channels), 0, 0, true, true);
            check(variant, new Shape(2, 2, channels), 16, 16, true, false);
        }
    }

    /// Where sums are small, and where they are not: some channels fit doubles, others do not.
    @ParameterizedTest
    @MethodSource("variants")
    void multipliersOfEverySize(KernelVariant variant) {
        var shape = new Shape(2, 40, 48);
        for (int mostSum : new int[] {1000, 1 << 19, 1 << 20, (1 << 21) - 1, 1 << 21, 1 << 22, 1 << 24}) {
            for (int leastShift : new int[] {-6, -13, -18, -30}) {
                for (int low : new int[] {-100, 0}) {
                    for (boolean up : new boolean[] {false, true}) {
                        var random = new Random(mostSum + leastShift);
                        var rescaling = rescaling(shape.channels(), up, low, leastShift, mostSum, random);
                        check(variant, shape, 0, 0, false, rescaling, random);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void biasesOfEverySize(KernelVariant variant) {
        var random = new Random(7);
        var bias = random.ints(32).map(b -> b >> random.nextInt(1, 31)).toArray();
        var multipliers = new FixedPointMultiplier[32];
        Arrays.setAll(multipliers, c -> FixedPointMultiplier.of(60.0 / (Math.abs((long) bias[c]) + 100)));
        multipliers[3] = FixedPointMultiplier.of(0);
        for (boolean up : new boolean[] {false, true}) {
            var rescaling = new OutputRescaling(bias, multipliers, -128, 127, up, 100_000);
            check(variant, new Shape(3, 50, 32), 0, 0, false, rescaling, random);
        }
    }

    /// Large biases that the sums take back, so that results are in range: doubles cannot hold what breaks ties.
    @ParameterizedTest
    @MethodSource("variants")
    void biasesThatSumsTakeBack(KernelVariant variant) {
        var random = new Random(8);
        var bias = new int[48];
        Arrays.setAll(bias, c -> random.nextInt(1 << 20, 1 << 24) * (c % 3 == 0 ? -1 : 1));
        var multipliers = new FixedPointMultiplier[48];
        Arrays.setAll(
                multipliers,
                c -> new FixedPointMultiplier(
                        c % 2 == 0 ? 1 << 30 : random.nextInt(1 << 30, Integer.MAX_VALUE), random.nextInt(-13, 1)));
        for (int low : new int[] {-100, 0}) {
            for (boolean up : new boolean[] {false, true}) {
                var rescaling = new OutputRescaling(bias, multipliers, low, 127, up, 1 << 24);
                check(variant, new Shape(2, 40, 48), 0, 0, false, rescaling, random);
            }
        }
    }

    @Test
    void wrongSizesAreRefused() {
        var plane = Plane.dense(0, new Shape(2, 2, 4));
        var rescaling = rescaling(3, false, new Random(1));
        assertThatThrownBy(() -> KernelVariant.SCALAR.kernels().rescale(plane, rescaling))
                .hasMessageContaining("2x2x4");
        assertThatThrownBy(() -> new OutputRescaling(new int[2], new FixedPointMultiplier[1], 0, 1, false, 9))
                .hasMessageContaining("multiplier");
    }
}
