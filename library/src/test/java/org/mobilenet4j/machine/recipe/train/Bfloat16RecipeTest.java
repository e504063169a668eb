package org.mobilenet4j.machine.recipe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.kernel.bfloat16.PlainRounding;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.machine.AddressCall;
import org.mobilenet4j.machine.Feature;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Rounding to bfloat16 and products of pairs to the bit, with guards around all memory: floats of all magnitudes,
/// ties,
/// what is no number.
class Bfloat16RecipeTest {
    private static final int COUNT = Integer.getInteger("mobilenet4j.recipes", 100);
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Math.nextDown(Float.MIN_NORMAL),
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    private static Target target() {
        var target = TestTarget.with(Isa.AVX512);
        assumeTrue(
                TestTarget.get().processor().features().contains(Feature.AVX512_BF16), "the processor has no bfloat16");
        return target;
    }

    /// Any float, with many whose lower half is at or beside a half, where rounding turns.
    private static float any(Random random) {
        if (random.nextInt(16) == 0) {
            return SPECIAL[random.nextInt(SPECIAL.length)];
        }
        int bits = random.nextInt();
        float value =
                Float.intBitsToFloat(random.nextBoolean() ? bits : (bits & 0xFFFF0000) | (0x7FFF + random.nextInt(3)));
        return Float.isNaN(value) ? Float.NaN : value;
    }

    private static GuardedFloats any(int floats, Random random, Arena arena) {
        var guarded = GuardedFloats.random(floats, random, arena);
        for (int i = 0; i < floats; i++) {
            guarded.set(i, any(random));
        }
        return guarded;
    }

    @ParameterizedTest
    @EnumSource
    void roundsAsPlainLoopsDo(RoundingRecipe.Pairing pairing) {
        var target = target();
        var random = new Random(91);
        var areRows = pairing == RoundingRecipe.Pairing.ROWS;
        for (int i = 0; i < COUNT; i++) {
            int rows = 1 + random.nextInt(9);
            int floats = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 40);
            int stride = floats + random.nextInt(20);
            int pairs = PixelStride.of(areRows ? floats : Math.ceilDiv(floats, 2));
            int outStride = pairs + random.nextInt(20);
            int outRows = areRows ? Math.ceilDiv(rows, 2) : rows;
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                RoundingRecipe.emit(a, target.convention(), "round", pairing);
                var routine = target.load(a.finish(), arena).routine("round");
                var in = any((rows - 1) * stride + floats, random, arena);
                var out = GuardedFloats.random((outRows - 1) * outStride + pairs, random, arena);

                AddressCall.call(
                        routine,
                        new MemorySegment[] {in.memory(), out.memory()},
                        rows,
                        floats,
                        4L * stride,
                        4L * outStride);

                var wanted = out.before().clone();
                var plain = new PlainRounding();
                if (areRows) {
                    plain.rows(in.before(), 0, stride, rows, floats, wanted, 0, outStride);
                } else {
                    plain.neighbors(in.before(), 0, stride, rows, floats, wanted, 0, outStride);
                }
                assertThat(bits(out.now())).as("%d x %d", rows, floats).containsExactly(bits(wanted));
            }
        }
    }

    /// NaN is told from NaN by nothing.
    private static int[] bits(float[] values) {
        var bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    /// What the instruction does: two fused multiply-adds, each rounded to nearest; what is below the least normal
    /// float, read or computed, is zero.
    private static float multiplyAdd(float a, float b, float sum) {
        int one = Float.floatToRawIntBits(a);
        int other = Float.floatToRawIntBits(b);
        float first = flushed(Math.fma(half(one >>> 16), half(other >>> 16), flushed(sum)));
        return flushed(Math.fma(half(one), half(other), first));
    }

    private static float half(int bits) {
        return flushed(Float.intBitsToFloat(bits << 16));
    }

    private static float flushed(float value) {
        return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
    }

    /// Pairs whose products and sums are of all magnitudes, from none to infinite, but in few of the cases.
    private static GuardedFloats pairs(int count, boolean areWild, Random random, Arena arena) {
        var guarded = GuardedFloats.random(count, random, arena);
        for (int i = 0; i < count; i++) {
            guarded.set(i, Float.intBitsToFloat((number(areWild, random) << 16) | number(areWild, random)));
        }
        return guarded;
    }

    private static int number(boolean isWild, Random random) {
        int exponent = isWild ? random.nextInt(255) : 120 + random.nextInt(12);
        return (random.nextInt(2) << 15) | (exponent << 7) | random.nextInt(128);
    }

    @Test
    void productsOfPairsAreMultiplyAddsInOrder() {
        var target = target();
        var random = new Random(92);
        for (int i = 0; i < COUNT; i++) {
            int depth = 1 + random.nextInt(20);
            int width = 1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 70);
            int rows = 1 + random.nextInt(60);
            var shape = new MatrixShape(depth, width, depth + random.nextInt(20), PixelStride.of(width));
            boolean areWild = random.nextBoolean();
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                MatrixRecipe.emit(a, target.convention(), "product", shape, Factors.BFLOAT16_PAIR, target.isa());
                var routine = target.load(a.finish(), arena).routine("product");
                var in = pairs((rows - 1) * shape.inStride() + depth, areWild, random, arena);
                var weights = pairs(depth * shape.columns(), areWild, random, arena);
                var bias = GuardedFloats.random(shape.columns(), random, arena);
                var out = GuardedFloats.random((rows - 1) * shape.outStride() + shape.columns(), random, arena);

                AddressCall.call(
                        routine,
                        new MemorySegment[] {
                            in.memory(), weights.memory(), bias.memory(), out.memory(), in.memory(), out.memory()
                        },
                        rows,
                        0,
                        0);

                var now = out.now();
                for (int p = 0; p < rows; p++) {
                    for (int o = 0; o < width; o++) {
                        float sum = bias.before()[o];
                        for (int k = 0; k < depth; k++) {
                            int at = packed(shape, target.isa(), k, o);
                            sum = multiplyAdd(in.before()[p * shape.inStride() + k], weights.before()[at], sum);
                        }
                        assertThat(Float.floatToIntBits(now[p * shape.outStride() + o]))
                                .as("%s: row %d, column %d", shape, p, o)
                                .isEqualTo(Float.floatToIntBits(sum));
                    }
                }
            }
        }
    }

    private static int packed(MatrixShape shape, Isa isa, int k, int o) {
        for (MatrixShape.Panel panel : shape.panels(isa)) {
            if (o < panel.first() + panel.columns()) {
                return panel.first() * shape.depth() + k * panel.columns() + o - panel.first();
            }
        }
        throw new IllegalArgumentException("no panel has column " + o);
    }

    @Test
    void gradientsOfPairsAreMultiplyAddsInOrder() {
        var target = target();
        var random = new Random(93);
        for (int i = 0; i < COUNT; i++) {
            int depth = 1 + random.nextInt(40);
            int width = 1 + random.nextInt(70);
            int rows = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 20);
            var shape = new MatrixShape(depth, width, depth + random.nextInt(20), PixelStride.of(width));
            boolean areWild = random.nextBoolean();
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                WeightGradientRecipe.emit(
                        a, target.convention(), "gradient", shape, Factors.BFLOAT16_PAIR, target.isa());
                var routine = target.load(a.finish(), arena).routine("gradient");
                var in = pairs((rows - 1) * shape.inStride() + depth, areWild, random, arena);
                var gradient = pairs((rows - 1) * shape.outStride() + shape.columns(), areWild, random, arena);
                var sums = GuardedFloats.random(depth * shape.columns(), random, arena);

                AddressCall.call(
                        routine,
                        new MemorySegment[] {
                            in.memory(), gradient.memory(), sums.memory(), MemorySegment.NULL, in.memory()
                        },
                        rows,
                        0,
                        0);

                var now = sums.now();
                for (int k = 0; k < depth; k++) {
                    for (int o = 0; o < width; o++) {
                        float sum = sums.before()[k * shape.columns() + o];
                        for (int p = 0; p < rows; p++) {
                            float one = in.before()[p * shape.inStride() + k];
                            sum = multiplyAdd(one, gradient.before()[p * shape.outStride() + o], sum);
                        }
                        assertThat(Float.floatToIntBits(now[k * shape.columns() + o]))
                                .as("%s: weight %d, %d", shape, k, o)
                                .isEqualTo(Float.floatToIntBits(sum));
                    }
                }
            }
        }
    }
}
