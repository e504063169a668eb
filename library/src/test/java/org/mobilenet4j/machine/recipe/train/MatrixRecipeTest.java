package org.mobilenet4j.machine.recipe.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.machine.AddressCall;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Products of random matrices, with guards around all memory: outputs to the bit of plain multiply-adds in the order
/// of inputs, nothing written beside them; gradients up to the rounding of sums. What is ahead may lie anywhere.
class MatrixRecipeTest {
    private static final int COUNT = Integer.getInteger("mobilenet4j.recipes", 100);

    private record Case(MatrixShape shape, int rows, int ahead) {
        static Case random(Random random) {
            int depth = 1 + random.nextInt(random.nextInt(4) == 0 ? 120 : 40);
            int width = 1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 70);
            int rows = 1 + random.nextInt(random.nextInt(4) == 0 ? 400 : 40);
            int outStride = PixelStride.of(width) + 16 * random.nextInt(2);
            var shape = new MatrixShape(depth, width, depth + random.nextInt(20), outStride);
            return new Case(shape, rows, random.nextInt(3));
        }

        int inputs() {
            return (rows - 1) * shape.inStride() + shape.depth();
        }

        int outputs() {
            return (rows - 1) * shape.outStride() + shape.columns();
        }
    }

    /// Panels of so many rows, random up to the last column, and zero behind it.
    private static GuardedFloats filled(int rows, MatrixShape shape, Isa isa, Random random, Arena arena) {
        var floats = GuardedFloats.random(rows * shape.columns(), random, arena);
        for (MatrixShape.Panel panel : shape.panels(isa)) {
            for (int i = 0; i < rows * panel.columns(); i++) {
                if (panel.first() + i % panel.columns() >= shape.width()) {
                    floats.memory().setAtIndex(JAVA_FLOAT, panel.first() * rows + i, 0);
                }
            }
        }
        return floats;
    }

    /// Where weight `[k, o]` lies.
    private static int packed(MatrixShape shape, Isa isa, int k, int o) {
        for (MatrixShape.Panel panel : shape.panels(isa)) {
            if (o < panel.first() + panel.columns()) {
                return panel.first() * shape.depth() + k * panel.columns() + o - panel.first();
            }
        }
        throw new IllegalArgumentException("no panel has column " + o);
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void productsAreThoseOfPlainLoops(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(81);
        for (int i = 0; i < COUNT; i++) {
            var each = Case.random(random);
            var shape = each.shape;
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                MatrixRecipe.emit(a, target.convention(), "product", shape, Factors.FLOAT, isa);
                var routine = target.load(a.finish(), arena).routine("product");
                var in = GuardedFloats.random(each.inputs(), random, arena);
                var weights = filled(shape.depth(), shape, isa, random, arena);
                var bias = filled(1, shape, isa, random, arena);
                var out = GuardedFloats.random(each.outputs(), random, arena);

                AddressCall.call(
                        routine,
                        new MemorySegment[] {
                            in.memory(), weights.memory(), bias.memory(), out.memory(), in.memory(), out.memory()
                        },
                        each.rows,
                        each.ahead,
                        each.ahead);

                var wanted = out.before().clone();
                for (int p = 0; p < each.rows; p++) {
                    for (int o = 0; o < shape.columns(); o++) {
                        float sum = o < shape.width() ? bias.before()[o] : 0;
                        for (int k = 0; k < shape.depth() && o < shape.width(); k++) {
                            float weight = weights.before()[packed(shape, isa, k, o)];
                            sum = Math.fma(in.before()[p * shape.inStride() + k], weight, sum);
                        }
                        wanted[p * shape.outStride() + o] = sum;
                    }
                }
                assertThat(out.now()).as(each.toString()).containsExactly(wanted);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void gradientsAreSums(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(82);
        for (int i = 0; i < COUNT; i++) {
            var each = Case.random(random);
            var shape = each.shape;
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                WeightGradientRecipe.emit(a, target.convention(), "gradient", shape, Factors.FLOAT, isa);
                var routine = target.load(a.finish(), arena).routine("gradient");
                var in = GuardedFloats.random(each.inputs(), random, arena);
                var gradient = GuardedFloats.random(each.outputs(), random, arena);
                var sums = GuardedFloats.random(shape.depth() * shape.columns(), random, arena);

                AddressCall.call(
                        routine,
                        new MemorySegment[] {
                            in.memory(), gradient.memory(), sums.memory(), MemorySegment.NULL, in.memory()
                        },
                        each.rows,
                        each.ahead,
                        each.ahead);

                var now = sums.now();
                for (int k = 0; k < shape.depth(); k++) {
                    for (int o = 0; o < shape.width(); o++) {
                        double sum = sums.before()[k * shape.columns() + o];
                        for (int p = 0; p < each.rows; p++) {
                            sum += (double) in.before()[p * shape.inStride() + k]
                                    * gradient.before()[p * shape.outStride() + o];
                        }
                        assertThat((double) now[k * shape.columns() + o])
                                .as(each.toString())
                                .isCloseTo(sum, Assertions.within(1e-6 * (each.rows + 1)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void windowsAreCopiedRunByRun(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(83);
        int slack = PixelStride.FLOATS;
        for (int i = 0; i < COUNT; i++) {
            int length = 1 + random.nextInt(random.nextInt(3) == 0 ? 300 : 30);
            int step = 1 + random.nextInt(20);
            int count = 1 + random.nextInt(9);
            var runs = new int[1 + random.nextInt(5)];
            for (int run = 1; run < runs.length; run++) {
                runs[run] = runs[run - 1] + random.nextInt(400);
            }
            int row = runs.length * length + random.nextInt(20);
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                Im2colRecipe.emit(a, target.convention(), "im2col", runs, length, row, isa);
                var routine = target.load(a.finish(), arena).routine("im2col");
                int inputs = (count - 1) * step + runs[runs.length - 1] + length;
                var in = GuardedFloats.random(inputs + slack - 1, random, arena);
                var out = GuardedFloats.random((count - 1) * row + runs.length * length + slack - 1, random, arena);

                AddressCall.call(routine, new MemorySegment[] {in.memory(), out.memory()}, count, 4L * step);

                var now = out.now();
                for (int p = 0; p < count; p++) {
                    for (int k = 0; k < runs.length * length; k++) {
                        assertThat(now[p * row + k]).isEqualTo(in.before()[p * step + runs[k / length] + k % length]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, names = "AVX512")
    void rowsAreTransposed(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(84);
        int lanes = TransposeRecipe.LANES;
        for (int i = 0; i < COUNT; i++) {
            int floats = lanes + random.nextInt(60);
            int inStride = floats + random.nextInt(20);
            int outStride = lanes + random.nextInt(20);
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                TransposeRecipe.emit(a, target.convention(), "transpose");
                var routine = target.load(a.finish(), arena).routine("transpose");
                var in = GuardedFloats.random((lanes - 1) * inStride + floats, random, arena);
                var out = GuardedFloats.random((floats - 1) * outStride + lanes, random, arena);

                AddressCall.call(
                        routine,
                        new MemorySegment[] {in.memory(), out.memory()},
                        4L * inStride,
                        4L * outStride,
                        floats,
                        4L * outStride * TransposeRecipe.back(floats));

                var wanted = out.before().clone();
                for (int row = 0; row < floats; row++) {
                    for (int lane = 0; lane < lanes; lane++) {
                        wanted[row * outStride + lane] = in.before()[lane * inStride + row];
                    }
                }
                assertThat(out.now()).containsExactly(wanted);
            }
        }
    }
}
