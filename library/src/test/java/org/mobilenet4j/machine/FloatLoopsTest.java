package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Loops over floats of every length, between forbidden pages: the bits of the same loops in Java.
class FloatLoopsTest {
    private static final int MOST = 70;

    private static MemorySegment random(int count, long seed, Arena arena) {
        MemorySegment memory = GuardedMemory.before(4L * count, arena);
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            memory.setAtIndex(JAVA_FLOAT, i, random.nextFloat() - 0.5f);
        }
        return memory;
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void productIsAddedToEachElement(Isa isa) {
        Target target = TestTarget.with(isa);
        for (int count = 0; count <= MOST; count++) {
            try (Arena arena = Arena.ofConfined()) {
                NativeRoutine axpy = target.load(FloatLoops.of(target.convention(), isa.width()), arena)
                        .routine("axpy");
                MemorySegment x = random(count, 1, arena);
                MemorySegment y = random(count, 2, arena);
                MemorySegment factor = random(1, 3, arena);
                float a = factor.get(JAVA_FLOAT, 0);
                var wanted = new float[count];
                for (int i = 0; i < count; i++) {
                    wanted[i] = Math.fma(a, x.getAtIndex(JAVA_FLOAT, i), y.getAtIndex(JAVA_FLOAT, i));
                }

                axpy.call(y.address(), x.address(), count, factor.address(), 0, 0);

                assertThat(y.toArray(JAVA_FLOAT)).containsExactly(wanted);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void lanesHaveSumsOfTheirOwn(Isa isa) {
        Target target = TestTarget.with(isa);
        int lanes = isa.width().floats();
        for (int count = 0; count <= MOST; count++) {
            try (Arena arena = Arena.ofConfined()) {
                NativeRoutine dot = target.load(FloatLoops.of(target.convention(), isa.width()), arena)
                        .routine("dot");
                MemorySegment x = random(count, 1, arena);
                MemorySegment y = random(count, 2, arena);
                var wanted = new float[lanes + 1];
                for (int i = 0; i < count; i++) {
                    int lane = i < count / lanes * lanes ? i % lanes : lanes;
                    wanted[lane] = Math.fma(x.getAtIndex(JAVA_FLOAT, i), y.getAtIndex(JAVA_FLOAT, i), wanted[lane]);
                }
                MemorySegment out = GuardedMemory.before(4L * wanted.length, arena);

                dot.call(out.address(), x.address(), y.address(), count, 0, 0);

                assertThat(out.toArray(JAVA_FLOAT)).containsExactly(wanted);
            }
        }
    }
}
