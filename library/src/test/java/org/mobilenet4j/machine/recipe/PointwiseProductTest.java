package org.mobilenet4j.machine.recipe;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Random shapes against plain loops, to the bit, with forbidden pages behind all memory and a pattern in the gaps.
class PointwiseProductTest {
    private static final int[] LOW = {Integer.MIN_VALUE, 0, Float.floatToRawIntBits(0.25f)};
    private static final int[] HIGH = {Integer.MAX_VALUE, Float.floatToRawIntBits(6f), Float.floatToRawIntBits(1.5f)};

    private static void check(PointwiseShape shape, int rows, Isa isa, long seed) {
        Target target = TestTarget.with(isa);
        try (Arena arena = Arena.ofConfined()) {
            var a = new X64Assembler();
            PointwiseProduct.emit(a, target.convention(), "pointwise", shape, isa);
            NativeRoutine routine = target.load(a.finish(), arena).routine("pointwise");
            var data = new PointwiseCase(shape, rows, isa, seed, arena);
            int middle = new Random(seed).nextInt(data.panels + 1);
            for (int[] range : new int[][] {{middle, data.panels}, {0, middle}}) {
                float[] wanted = data.wanted(range[0], range[1]);
                routine.call(data.in.address(), data.weights.address(), data.out.address(), range[0], range[1], rows);
                assertThat(data.out.toArray(JAVA_INT))
                        .as(isa + " " + rows + " " + shape)
                        .containsExactly(bits(wanted));
            }
        }
    }

    private static int[] bits(float[] values) {
        var bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void bitsAreThoseOfPlainLoops(Isa isa) {
        var random = new Random(7);
        for (int i = 0; i < 150; i++) {
            int inputs = 1 + random.nextInt(1 + random.nextInt(70));
            int outputs = 1 + random.nextInt(100);
            int width = 1 + random.nextInt(1 + random.nextInt(60));
            int inStride = 4 * (inputs + random.nextInt(20));
            int outStride = 4 * (outputs + random.nextInt(20));
            var shape = new PointwiseShape(
                    width,
                    inputs,
                    outputs,
                    inStride,
                    inStride * width + 4 * random.nextInt(20),
                    outStride,
                    outStride * width + 4 * random.nextInt(20),
                    LOW[random.nextInt(3)],
                    HIGH[random.nextInt(3)]);
            check(shape, 1 + random.nextInt(9), isa, i);
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void everyNumberOfPixelsIsSpreadOverTiles(Isa isa) {
        for (int width = 1; width <= 45; width++) {
            var shape = new PointwiseShape(width, 3, 33, 16, 16 * width, 160, 160 * width, 0, Integer.MAX_VALUE);
            check(shape, 1, isa, width);
            check(shape, 7, isa, width);
        }
    }

    @Test
    void stridesThatOverlapAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PointwiseShape(1, 8, 8, 28, 28, 32, 32, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PointwiseShape(1, 8, 8, 32, 32, 28, 28, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PointwiseShape(1, 0, 8, 32, 32, 32, 32, 0, 1));
    }
}
