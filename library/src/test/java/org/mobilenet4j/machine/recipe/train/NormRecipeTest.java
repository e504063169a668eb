package org.mobilenet4j.machine.recipe.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.machine.AddressCall;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Passes over random numbers of pixels and channels, with guards around all memory: maps to the bit, nothing written
/// beside them, sums up to rounding.
class NormRecipeTest {
    private static final int COUNT = Integer.getInteger("mobilenet4j.recipes", 300);
    private static final List<Clamp> CLAMPS = List.of(Clamp.values());

    private static final float[] BOUNDS = {6, 0, Math.nextDown(6f), -0f, Float.MIN_VALUE};

    private record Case(int pixels, int channels, int stride, int otherStride, Clamp clamp) {
        static Case random(Random random) {
            int channels = 16 * (1 + random.nextInt(random.nextInt(3) == 0 ? 20 : 6));
            int pixels = 1 + random.nextInt(40);
            var clamp = CLAMPS.get(random.nextInt(CLAMPS.size()));
            int gap = 16 * random.nextInt(2);
            return new Case(pixels, channels, channels + gap, channels + 16 * random.nextInt(2), clamp);
        }

        int floats(int each) {
            return (pixels - 1) * each + channels;
        }

        long[] numbers(int low, int high) {
            return new long[] {4L * stride, 4L * otherStride, pixels, channels, low, high};
        }
    }

    private interface Emitter {
        void emit(X64Assembler a, Target target);
    }

    private static NativeRoutine load(Target target, Arena arena, Emitter emitter) {
        var a = new X64Assembler();
        emitter.emit(a, target);
        return target.load(a.finish(), arena).routine("pass");
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void activatesAndCombines(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(91);
        for (int i = 0; i < COUNT; i++) {
            var each = Case.random(random);
            try (var arena = Arena.ofConfined()) {
                var in = GuardedFloats.random(each.floats(each.stride), random, arena);
                var gradient = GuardedFloats.random(each.floats(each.stride), random, arena);
                var factor = GuardedFloats.random(each.channels, random, arena);
                var other = GuardedFloats.random(each.channels, random, arena);
                var summand = GuardedFloats.random(each.channels, random, arena);
                var out = GuardedFloats.random(each.floats(each.otherStride), random, arena);

                var activate = load(target, arena, (a, to) -> NormRecipe.activate(a, to.convention(), "pass", isa));
                AddressCall.call(
                        activate,
                        new MemorySegment[] {in.memory(), factor.memory(), summand.memory(), out.memory()},
                        each.numbers(each.clamp.lowBits(), each.clamp.highBits()));
                var wanted = out.before().clone();
                for (int p = 0; p < each.pixels; p++) {
                    for (int c = 0; c < each.channels; c++) {
                        float value = in.before()[p * each.stride + c];
                        wanted[p * each.otherStride + c] =
                                each.clamp.apply(Math.fma(value, factor.before()[c], summand.before()[c]));
                    }
                }
                assertThat(out.now()).as(each.toString()).containsExactly(wanted);

                var combine = load(target, arena, (a, to) -> NormRecipe.combine(a, to.convention(), "pass", isa));
                AddressCall.call(
                        combine,
                        new MemorySegment[] {
                            gradient.memory(),
                            in.memory(),
                            factor.memory(),
                            other.memory(),
                            summand.memory(),
                            out.memory()
                        },
                        each.numbers(0, 0));
                for (int p = 0; p < each.pixels; p++) {
                    for (int c = 0; c < each.channels; c++) {
                        int at = p * each.stride + c;
                        float inner = Math.fma(in.before()[at], other.before()[c], summand.before()[c]);
                        wanted[p * each.otherStride + c] = Math.fma(gradient.before()[at], factor.before()[c], inner);
                    }
                }
                assertThat(out.now()).as(each.toString()).containsExactly(wanted);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void sums(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(92);
        for (int i = 0; i < COUNT; i++) {
            var each = Case.random(random);
            try (var arena = Arena.ofConfined()) {
                var in = GuardedFloats.random(each.floats(each.stride), random, arena);
                var center = GuardedFloats.random(each.channels, random, arena);
                var sums = GuardedFloats.random(each.channels, random, arena);
                var squares = GuardedFloats.random(each.channels, random, arena);

                var statistics = load(target, arena, (a, to) -> NormRecipe.statistics(a, to.convention(), "pass", isa));
                AddressCall.call(
                        statistics,
                        new MemorySegment[] {in.memory(), center.memory(), sums.memory(), squares.memory()},
                        each.numbers(0, 0));

                for (int c = 0; c < each.channels; c++) {
                    double sum = sums.before()[c];
                    double square = squares.before()[c];
                    for (int p = 0; p < each.pixels; p++) {
                        double distance = (double) in.before()[p * each.stride + c] - center.before()[c];
                        sum += distance;
                        square += distance * distance;
                    }
                    assertThat((double) sums.now()[c]).as(each.toString()).isCloseTo(sum, near(each));
                    assertThat((double) squares.now()[c]).as(each.toString()).isCloseTo(square, near(each));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void deactivates(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(93);
        for (int i = 0; i < COUNT; i++) {
            var each = Case.random(random);
            boolean adds = random.nextBoolean();
            try (var arena = Arena.ofConfined()) {
                var incoming = GuardedFloats.random(each.floats(each.stride), random, arena);
                var in = GuardedFloats.random(each.floats(each.otherStride), random, arena);
                var scale = GuardedFloats.random(each.channels, random, arena);
                var shift = GuardedFloats.random(each.channels, random, arena);
                var center = GuardedFloats.random(each.channels, random, arena);
                var gradient = GuardedFloats.random(each.floats(each.otherStride), random, arena);
                var sums = GuardedFloats.random(each.channels, random, arena);
                var products = GuardedFloats.random(each.channels, random, arena);
                // The first channel meets the bounds of ReLU6, where the activation is closed.
                scale.set(0, 1);
                shift.set(0, 0);
                for (int p = 0; p < each.pixels; p++) {
                    in.set(p * each.otherStride, BOUNDS[p % BOUNDS.length]);
                }

                var deactivate =
                        load(target, arena, (a, to) -> NormRecipe.deactivate(a, to.convention(), "pass", adds, isa));
                AddressCall.call(
                        deactivate,
                        new MemorySegment[] {
                            incoming.memory(),
                            in.memory(),
                            scale.memory(),
                            shift.memory(),
                            center.memory(),
                            gradient.memory(),
                            sums.memory(),
                            products.memory()
                        },
                        each.numbers(
                                Float.floatToRawIntBits(each.clamp.low()), Float.floatToRawIntBits(each.clamp.high())));

                var wanted = gradient.before().clone();
                for (int c = 0; c < each.channels; c++) {
                    double sum = sums.before()[c];
                    double product = products.before()[c];
                    for (int p = 0; p < each.pixels; p++) {
                        int at = p * each.otherStride + c;
                        float value = Math.fma(in.before()[at], scale.before()[c], shift.before()[c]);
                        boolean isOpen = each.clamp.low() < value && value < each.clamp.high();
                        float passed = isOpen ? incoming.before()[p * each.stride + c] : 0;
                        wanted[at] = adds ? wanted[at] + passed : passed;
                        sum += passed;
                        product += passed * ((double) in.before()[at] - center.before()[c]);
                    }
                    assertThat((double) sums.now()[c]).as(each.toString()).isCloseTo(sum, near(each));
                    assertThat((double) products.now()[c]).as(each.toString()).isCloseTo(product, near(each));
                }
                assertThat(gradient.now()).as(each.toString()).containsExactly(wanted);
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> near(Case each) {
        return Assertions.within(2e-6 * (each.pixels + 1));
    }
}
