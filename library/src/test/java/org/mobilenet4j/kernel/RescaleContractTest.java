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
import org.mobilenet4j.tensor.Shape;

/// What every twin of the rescaling kernel keeps: the integers of the definition, and nothing written but the channels
/// and their room.
@Tag("contract")
class RescaleContractTest {
    static List<Arithmetic> twins() {
        return Arithmetics.present();
    }

    private static Rescaling rescaling(int channels, boolean halvesGoUp, Random random) {
        return rescaling(channels, halvesGoUp, -100, -14, 1 << 24, random);
    }

    private static Rescaling rescaling(
            int channels, boolean halvesGoUp, int low, int leastShift, int mostSum, Random random) {
        var bias = random.ints(channels, -mostSum / 16, mostSum / 16).toArray();
        var multipliers = new Multiplier[channels];
        // Coarse significands make ties, fine ones the rest.
        Arrays.setAll(
                multipliers,
                c -> new Multiplier(
                        c % 2 == 0 ? 1 << 30 : random.nextInt(1 << 30, Integer.MAX_VALUE),
                        random.nextInt(leastShift, 3)));
        return new Rescaling(bias, multipliers, low, 127, halvesGoUp, mostSum);
    }

    private static int expected(Rescaling rescaling, int sum, int c) {
        var multiplier = new Multiplier(rescaling.significands[c], rescaling.shifts[c]);
        long exact = MultiplierTest.expected((long) sum + rescaling.bias[c], multiplier, rescaling.halvesGoUp);
        return Math.clamp(exact, rescaling.low, rescaling.high);
    }

    /// Any sum, or one whose result lies as near to a half as there is one.
    private static int sum(Rescaling rescaling, int c, Random random) {
        int most = (int) rescaling.mostSum;
        if (random.nextInt(4) == 0) {
            return random.nextInt(-most, most + 1);
        }
        double factor = Math.scalb((double) rescaling.significands[c], rescaling.shifts[c] - 31);
        long half = Math.round((random.nextInt(-130, 130) + 0.5) / factor);
        return Math.clamp(half - rescaling.bias[c] + random.nextInt(-1, 2), -most, most);
    }

    private static void check(Arithmetic twin, Shape shape, int gap, int room, boolean byChannels, boolean halvesGoUp) {
        var random = new Random(shape.hashCode() + gap);
        check(twin, shape, gap, room, byChannels, rescaling(shape.channels(), halvesGoUp, random), random);
    }

    private static void check(
            Arithmetic twin, Shape shape, int gap, int room, boolean byChannels, Rescaling rescaling, Random random) {
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

        var kernel = RescaleKernel.create(twin, plane, rescaling);
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
    @MethodSource("twins")
    void channelsAroundEveryLaneWidth(Arithmetic twin) {
        for (int channels : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 130}) {
            for (boolean up : new boolean[] {false, true}) {
                check(twin, new Shape(3, 4, channels), 0, 0, false, up);
                check(twin, new Shape(3, 4, channels), 5, 0, false, up);
                check(twin, new Shape(2, 3, channels), 16, 16, false, up);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void channelsInShares(Arithmetic twin) {
        for (int channels : new int[] {3, 24, 47, 96, 130}) {
            check(twin, new Shape(1, 1, channels), 0, 0, true, true);
            check(twin, new Shape(2, 2, channels), 16, 16, true, false);
        }
    }

    /// Where sums are small, and where they are not: some channels fit doubles, others do not.
    @ParameterizedTest
    @MethodSource("twins")
    void multipliersOfEverySize(Arithmetic twin) {
        var shape = new Shape(2, 40, 48);
        for (int mostSum : new int[] {1000, 1 << 19, 1 << 20, (1 << 21) - 1, 1 << 21, 1 << 22, 1 << 24}) {
            for (int leastShift : new int[] {-6, -13, -18, -30}) {
                for (int low : new int[] {-100, 0}) {
                    for (boolean up : new boolean[] {false, true}) {
                        var random = new Random(mostSum + leastShift);
                        var rescaling = rescaling(shape.channels(), up, low, leastShift, mostSum, random);
                        check(twin, shape, 0, 0, false, rescaling, random);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void biasesOfEverySize(Arithmetic twin) {
        var random = new Random(7);
        var bias = random.ints(32).map(b -> b >> random.nextInt(1, 31)).toArray();
        var multipliers = new Multiplier[32];
        Arrays.setAll(multipliers, c -> Multiplier.of(60.0 / (Math.abs((long) bias[c]) + 100)));
        multipliers[3] = Multiplier.of(0);
        for (boolean up : new boolean[] {false, true}) {
            var rescaling = new Rescaling(bias, multipliers, -128, 127, up, 100_000);
            check(twin, new Shape(3, 50, 32), 0, 0, false, rescaling, random);
        }
    }

    @Test
    void wrongSizesAreRefused() {
        var plane = Plane.dense(0, new Shape(2, 2, 4));
        var rescaling = rescaling(3, false, new Random(1));
        assertThatThrownBy(() -> RescaleKernel.create(Arithmetic.SCALAR, plane, rescaling))
                .hasMessageContaining("2x2x4");
        assertThatThrownBy(() -> new Rescaling(new int[2], new Multiplier[1], 0, 1, false, 9))
                .hasMessageContaining("multiplier");
    }
}
