package org.mobilenet4j.machine.recipe.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.machine.AddressCall;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Depthwise filters of random windows and their gradients, with guards around all memory: outputs to the bit of plain
/// multiply-adds in the order of the taps, nothing written beside them; gradients up to the rounding of sums.
class DepthwiseTrainingRecipeTest {
    private static final int COUNT = Integer.getInteger("mobilenet4j.recipes", 300);

    /// Windows over rows of pixels that may lie apart.
    private record Case(TapLayout taps, int rows, int columns, int outStride) {
        static Case random(Random random) {
            boolean isCommon = random.nextBoolean();
            int height = isCommon ? 3 : 1 + random.nextInt(random.nextInt(4) == 0 ? 12 : 5);
            int width = isCommon || random.nextBoolean() ? height : 1 + random.nextInt(7);
            int stride = 1 + random.nextInt(3);
            int dilation = isCommon ? 1 : 1 + random.nextInt(2);
            int rows = 1 + random.nextInt(6);
            int columns = 1 + random.nextInt(20);
            int channels = 16 * (1 + random.nextInt(4));
            int pixel = channels + 16 * random.nextInt(2);
            int row = pixel * ((columns - 1) * stride + (width - 1) * dilation + 1 + random.nextInt(2));
            var taps = new TapLayout(
                    height, width, stride * row, stride * pixel, dilation * row, dilation * pixel, channels);
            return new Case(taps, rows, columns, channels + 16 * random.nextInt(2));
        }

        int weights() {
            return taps.height() * taps.width() * taps.channels();
        }

        /// Where a tap of an output reads.
        int place(int y, int x, int tap, int channel) {
            return y * taps.rowStep()
                    + x * taps.pixelStep()
                    + tap / taps.width() * taps.rowTap()
                    + tap % taps.width() * taps.columnTap()
                    + channel;
        }

        int inputs() {
            return place(rows - 1, columns - 1, taps.height() * taps.width() - 1, taps.channels());
        }

        int outputs() {
            return (rows * columns - 1) * outStride + taps.channels();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void filtersAreThoseOfPlainLoops(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(71);
        for (int i = 0; i < COUNT; i++) {
            var each = Case.random(random);
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                DepthwiseFilterRecipe.emit(a, target.convention(), "filter", each.taps, isa);
                var routine = target.load(a.finish(), arena).routine("filter");
                var in = GuardedFloats.random(each.inputs(), random, arena);
                var weights = GuardedFloats.random(each.weights(), random, arena);
                var out = GuardedFloats.random(each.outputs(), random, arena);

                AddressCall.call(
                        routine,
                        new MemorySegment[] {in.memory(), weights.memory(), out.memory()},
                        4L * each.outStride,
                        each.rows,
                        each.columns);

                assertThat(out.now()).as(each.toString()).containsExactly(filtered(each, in, weights, out));
            }
        }
    }

    private static float[] filtered(Case each, GuardedFloats in, GuardedFloats weights, GuardedFloats out) {
        var wanted = out.before().clone();
        int channels = each.taps.channels();
        for (int p = 0; p < each.rows * each.columns; p++) {
            for (int c = 0; c < channels; c++) {
                float sum = 0;
                for (int tap = 0; tap < each.weights() / channels; tap++) {
                    float value = in.before()[each.place(p / each.columns, p % each.columns, tap, c)];
                    sum = Math.fma(value, weights.before()[tap * channels + c], sum);
                }
                wanted[p * each.outStride + c] = sum;
            }
        }
        return wanted;
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void gradientsAreSums(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(72);
        for (int i = 0; i < COUNT; i++) {
            var each = Case.random(random);
            int gap = 16 * random.nextInt(3);
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                DepthwiseGradientRecipe.emit(a, target.convention(), "gradient", each.taps, isa);
                var routine = target.load(a.finish(), arena).routine("gradient");
                var in = GuardedFloats.random(each.inputs(), random, arena);
                var gradient = GuardedFloats.random(each.outputs() + gap * (each.rows - 1), random, arena);
                var sums = GuardedFloats.random(each.weights(), random, arena);
                int row = each.columns * each.outStride + gap;

                AddressCall.call(
                        routine,
                        new MemorySegment[] {in.memory(), gradient.memory(), sums.memory()},
                        4L * each.outStride,
                        4L * row,
                        each.rows,
                        each.columns);

                var now = sums.now();
                for (int k = 0; k < now.length; k++) {
                    int tap = k / each.taps.channels();
                    int channel = k % each.taps.channels();
                    double sum = sums.before()[k];
                    for (int p = 0; p < each.rows * each.columns; p++) {
                        int y = p / each.columns;
                        int x = p % each.columns;
                        sum += (double) in.before()[each.place(y, x, tap, channel)]
                                * gradient.before()[y * row + x * each.outStride + channel];
                    }
                    assertThat((double) now[k])
                            .as(each.toString())
                            .isCloseTo(sum, Assertions.within(4e-7 * 4 * (each.rows * each.columns + 1)));
                }
            }
        }
    }
}
