package org.mobilenet4j.machine.recipe;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.NativeRoutine;

/// The memories of two planes, which end, or begin, at a forbidden page: random inputs, outputs of a pattern.
final class MapCase {
    private static final float PATTERN = -12345f;

    /// What plain loops make of a window.
    interface Reference {
        float value(int y, int x, int channel);
    }

    final ConvShape shape;
    final float[] inputs;
    final MemorySegment in;
    final MemorySegment out;
    private final boolean isGuardBehind;
    private final float[] wanted;

    MapCase(ConvShape shape, Random random, Arena arena) {
        this.shape = shape;
        this.isGuardBehind = random.nextBoolean();
        var window = shape.window();
        var output = shape.out().shape();
        int last = shape.windowAt(output.height() - 1, output.width() - 1)
                + shape.tapAt(window.height() - 1, window.width() - 1)
                + shape.in().shape().channels();
        in = memory(Math.max(last, endOf(shape.in())), isGuardBehind, arena);
        inputs = random(in, random);
        out = memory(endOf(shape.out()), isGuardBehind, arena);
        wanted = new float[(int) (out.byteSize() / 4)];
        Arrays.fill(wanted, PATTERN);
        MemorySegment.copy(wanted, 0, out, JAVA_FLOAT, 0, wanted.length);
    }

    private static int endOf(Plane plane) {
        return plane.at(plane.shape().height() - 1, plane.shape().width() - 1)
                + plane.shape().channels();
    }

    private static MemorySegment memory(int floats, boolean isGuardBehind, Arena arena) {
        return isGuardBehind ? GuardedMemory.before(4L * floats, arena) : GuardedMemory.behind(4L * floats, arena);
    }

    /// Fills it with floats of both signs, some of them zero.
    static float[] random(MemorySegment memory, Random random) {
        var values = new float[(int) (memory.byteSize() / 4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(16) == 0 ? (random.nextBoolean() ? -0f : 0f) : (random.nextFloat() * 4 - 2);
        }
        MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, values.length);
        return values;
    }

    /// The same for a routine that is written for this processor only.
    void check(NativeRoutine routine, long weights, long bias, int block, Random random, Reference reference) {
        check(
                (input, _, _, output, _, from, to) ->
                        routine.call(input.address(), weights, bias, output.address(), from, to),
                MemorySegment.NULL,
                MemorySegment.NULL,
                block,
                random,
                reference);
    }

    /// Runs the routine on parts of the map, one by one, and looks after each at all of the output's memory.
    ///
    /// @param block channels a block
    void check(
            TestRoutine routine,
            MemorySegment weights,
            MemorySegment bias,
            int block,
            Random random,
            Reference reference) {
        var output = shape.out().shape();
        int blocks = Math.ceilDiv(output.channels(), block);
        int row = random.nextInt(output.height() + 1);
        int middle = random.nextInt(blocks + 1);
        int[][] parts = {
            {row, middle, output.height(), blocks},
            {0, 0, row, middle},
            {0, middle, row, blocks},
            {row, 0, output.height(), middle},
            {0, 0, output.height(), blocks}
        };
        for (int[] part : parts) {
            for (int y = part[0]; y < part[2]; y++) {
                for (int x = 0; x < output.width(); x++) {
                    for (int n = part[1] * block; n < Math.min(output.channels(), part[3] * block); n++) {
                        wanted[shape.out().at(y, x) + n] = clamped(reference.value(y, x, n));
                    }
                }
            }
            routine.call(
                    in, weights, bias, out, isGuardBehind, Corner.at(part[0], part[1]), Corner.at(part[2], part[3]));
            var wantedBits = new int[wanted.length];
            for (int i = 0; i < wantedBits.length; i++) {
                wantedBits[i] = Float.floatToRawIntBits(wanted[i]);
            }
            if (!Arrays.equals(out.toArray(JAVA_INT), wantedBits)) {
                assertThat(out.toArray(JAVA_FLOAT)).as(shape.toString()).containsExactly(wanted);
                assertThat(out.toArray(JAVA_INT)).as(shape.toString()).containsExactly(wantedBits);
            }
        }
    }

    private float clamped(float value) {
        int bits = Math.max(Float.floatToRawIntBits(value), shape.clamp().lowBits());
        return Float.intBitsToFloat(Math.min(bits, shape.clamp().highBits()));
    }
}
