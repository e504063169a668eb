package org.mobilenet4j.machine.recipe.integer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Requantized sums against [OutputRescaling#apply(int, int)], above all where results step from one to
/// the next.
class RequantizeCodeTest {
    private static final int ROUNDS = 40;
    private static final int GROUPS = 400;

    /// Kinds of multipliers.
    private static final int ANY = 0, USUAL = 1, SMALL = 2;

    /// How near to steps sums are.
    private static final int NEAR = 3;

    private final Random random = new Random(71);

    private static void check(OutputRescaling rescaling, int zero, int[] sums, int vectors, Isa isa) {
        Target target = TestTarget.with(isa);
        int lanes = isa.width().floats();
        int columns = vectors * lanes;
        var layout = new ChannelParameters(columns, lanes);
        var parameters = layout.allocate(1);
        for (int c = 0; c < columns; c++) {
            layout.put(parameters, 0, c, rescaling, c, 0);
        }
        var a = new X64Assembler();
        var routine = Routine.begin(a, target.convention(), "requantize", 0);
        var code = new RequantizeCode(a, isa, rescaling, zero, layout, RDX, true);
        var bytes = new ByteLanes(a, isa, columns);
        bytes.prepare();
        code.begin(isa.width());
        var next = a.here();
        for (int vector = 0; vector < vectors; vector++) {
            a.emit(
                    VMOVUPS,
                    Vector.of(vector, isa.width()),
                    Mem.at(RDI, vector * isa.width().bytes()));
        }
        code.emit(0, vectors, isa.width(), 0, Mem.at(RCX), bytes);
        a.emit(ADD, RDI, 4 * columns);
        a.emit(ADD, RCX, columns);
        a.dec(R8);
        a.jcc(Condition.NOT_EQUAL, next);
        routine.end();
        code.finish();
        try (Arena arena = Arena.ofConfined()) {
            var in = arena.allocateFrom(JAVA_INT, sums);
            var memory = arena.allocate(parameters.capacity()).copyFrom(MemorySegment.ofBuffer(parameters));
            MemorySegment out = arena.allocate(sums.length);
            target.load(a.finish(), arena)
                    .routine("requantize")
                    .call(in.address(), 0, memory.address(), out.address(), sums.length / columns, 0);
            for (int i = 0; i < sums.length; i++) {
                int c = i % columns;
                int wanted = (int) rescaling.apply(sums[i] - rescaling.bias(c), c) + zero;
                int found = Byte.toUnsignedInt(out.get(JAVA_BYTE, i));
                if (found != wanted) {
                    assertThat(found)
                            .as(
                                    "%d times %s, halves %s, from %d to %d and %d, %d vectors",
                                    sums[i],
                                    rescaling.multiplier(c),
                                    rescaling.halvesGoUp() ? "up" : "outward",
                                    rescaling.low(),
                                    rescaling.high(),
                                    zero,
                                    vectors)
                            .isEqualTo(wanted);
                }
            }
        }
    }

    private FixedPointMultiplier multiplier(int kind) {
        int significand = switch (random.nextInt(6)) {
            case 0 -> 1 << 30;
            case 1 -> Integer.MAX_VALUE;
            case 2 -> 3 << 29;
            default -> random.nextInt(1 << 30, Integer.MAX_VALUE);
        };
        int shift = switch (kind) {
            case ANY -> random.nextInt(-31, 31);
            case SMALL -> random.nextInt(-22, -16);
            default -> random.nextInt(-14, 1);
        };
        return new FixedPointMultiplier(significand, shift);
    }

    /// Sums at the steps between results, or at any place.
    private int sum(FixedPointMultiplier multiplier, int most) {
        if (random.nextInt(8) == 0) {
            return random.nextInt(most) * (random.nextBoolean() ? 1 : -1);
        }
        double real = Math.scalb((double) multiplier.significand(), multiplier.shift() - 31);
        double step = (random.nextInt(-260, 260) + 0.5) / real;
        return Math.clamp(Math.round(step) + random.nextInt(-NEAR, NEAR + 1), -most, most);
    }

    /// @param most the greatest sum that the rescaling is told of
    private void check(Isa isa, int kind, int most) {
        for (int round = 0; round < ROUNDS; round++) {
            int vectors = 1 + round % 4;
            int columns = vectors * isa.width().floats();
            var multipliers = new FixedPointMultiplier[columns];
            boolean areAlike = random.nextBoolean();
            for (int c = 0; c < columns; c++) {
                multipliers[c] = areAlike && c > 0 ? multipliers[0] : multiplier(kind);
            }
            var sums = new int[GROUPS * columns];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = sum(multipliers[i % columns], most);
            }
            if (most == Integer.MAX_VALUE) {
                for (int i = 0; i < columns; i++) {
                    sums[i] = Integer.MIN_VALUE + i % 2;
                    sums[columns + i] = Integer.MAX_VALUE - i % 2;
                }
            }
            int zero = random.nextInt(3) == 0 ? 0 : random.nextInt(256);
            int low = random.nextBoolean() ? 0 : random.nextInt(256);
            int high = random.nextBoolean() ? 255 : random.nextInt(low, 256);
            var rescaling = new OutputRescaling(
                    new int[columns], multipliers, low - zero, high - zero, random.nextBoolean(), most);
            check(rescaling, zero, sums, vectors, isa);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void sumsThatFloatsHoldExactly(Isa isa) {
        check(isa, USUAL, 1 << 20);
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void sumsThatFloatsRound(Isa isa) {
        check(isa, SMALL, 1 << 30);
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void anySumsAndMultipliers(Isa isa) {
        check(isa, ANY, Integer.MAX_VALUE);
        check(isa, ANY, 1 << 12);
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void allSumsOfSomeMultipliers(Isa isa) {
        int columns = isa.width().floats();
        var multipliers = new FixedPointMultiplier[columns];
        for (int c = 0; c < columns; c++) {
            multipliers[c] = multiplier(USUAL);
        }
        for (int zero = 0; zero <= 128; zero += 128) {
            var rescaling = new OutputRescaling(new int[columns], multipliers, -zero, 255 - zero, zero == 0, 1 << 21);
            int most = 1 << 15;
            for (int begin = -(1 << 21); begin < 1 << 21; begin += most * 8) {
                var sums = new int[most * columns];
                for (int i = 0; i < sums.length; i++) {
                    sums[i] = begin + i / columns;
                }
                check(rescaling, zero, sums, 1, isa);
            }
        }
    }
}
