package org.mobilenet4j.machine.recipe.integer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.recipe.Corner;

/// The memories of two planes of bytes, which end, or begin, at a forbidden page, and random weights
/// and multipliers.
final class ByteCase {
    private static final byte PATTERN = 0x5A;
    private static final int BYTE = 255;

    /// What plain loops make of a window, before rescaling.
    interface Sum {
        int of(int y, int x, int channel);
    }

    final ByteConv conv;
    final byte[] inputs;
    /// `[row of the kernel][output]`.
    final float[] weights;

    private final ConvShape shape;
    private final MemorySegment in;
    private final MemorySegment out;
    private final byte[] wanted;

    /// @param terms how many products a sum has
    ByteCase(ConvShape shape, int terms, Random random, Arena arena) {
        this.shape = shape;
        int channels = shape.out().shape().channels();
        boolean isGuardBehind = random.nextBoolean();
        var window = shape.window();
        var output = shape.out().shape();
        int last = shape.windowAt(output.height() - 1, output.width() - 1)
                + shape.tapAt(window.height() - 1, window.width() - 1)
                + shape.in().shape().channels();
        in = memory(Math.max(last, endOf(shape.in())), isGuardBehind, arena);
        inputs = new byte[(int) in.byteSize()];
        random.nextBytes(inputs);
        int extreme = random.nextInt(8);
        if (extreme < 2) {
            Arrays.fill(inputs, (byte) (extreme == 0 ? 0 : BYTE));
        }
        MemorySegment.copy(inputs, 0, in, JAVA_BYTE, 0, inputs.length);
        out = memory(endOf(shape.out()), isGuardBehind, arena);
        wanted = new byte[(int) out.byteSize()];
        Arrays.fill(wanted, PATTERN);
        MemorySegment.copy(wanted, 0, out, JAVA_BYTE, 0, wanted.length);
        weights = weights(terms * channels, random);
        conv = conv(shape, terms, random);
    }

    private static MemorySegment memory(int bytes, boolean isGuardBehind, Arena arena) {
        return isGuardBehind ? GuardedMemory.before(bytes, arena) : GuardedMemory.behind(bytes, arena);
    }

    private static int endOf(Plane plane) {
        return plane.at(plane.shape().height() - 1, plane.shape().width() - 1)
                + plane.shape().channels();
    }

    /// Some of all values, some of signed bytes, some with few outliers, some of extremes only.
    private static float[] weights(int count, Random random) {
        int kind = random.nextInt(4);
        var weights = new float[count];
        for (int i = 0; i < count; i++) {
            boolean isExtreme = kind == 0 || (kind == 1 && random.nextInt(50) == 0);
            int most = isExtreme ? BYTE : 127;
            weights[i] = kind == 2 ? (random.nextBoolean() ? BYTE : -BYTE) : random.nextInt(-most, most + 1);
        }
        return weights;
    }

    private static ByteConv conv(ConvShape shape, int terms, Random random) {
        int channels = shape.out().shape().channels();
        var multipliers = new FixedPointMultiplier[channels];
        var bias = new int[channels];
        int kind = random.nextInt(5);
        for (int c = 0; c < channels; c++) {
            int significand = random.nextInt(1 << 30, Integer.MAX_VALUE);
            // About those that give bytes; any; powers of two, which give halves.
            int shift = kind == 0
                    ? random.nextInt(-31, 31)
                    : -7 - (Integer.SIZE - Integer.numberOfLeadingZeros(terms)) / 2 + random.nextInt(3);
            multipliers[c] = new FixedPointMultiplier(kind == 1 ? 1 << 30 : significand, shift);
            bias[c] = kind == 2 ? random.nextInt() : random.nextInt(-20000, 20000);
        }
        int zeroOut = random.nextInt(3) == 0 ? 0 : random.nextInt(BYTE + 1);
        int low = random.nextBoolean() ? 0 : random.nextInt(BYTE + 1);
        int high = random.nextBoolean() ? BYTE : random.nextInt(low, BYTE + 1);
        var rescaling = new OutputRescaling(
                bias, multipliers, low - zeroOut, high - zeroOut, random.nextBoolean(), (long) terms * BYTE * BYTE);
        return new ByteConv(shape, rescaling, random.nextInt(BYTE + 1), zeroOut);
    }

    /// The input there, less the zero point.
    int input(int at) {
        return Byte.toUnsignedInt(inputs[at]) - conv.zeroIn();
    }

    /// Runs the routine on parts of the map, one by one, and looks after each at all of the output's
    /// memory.
    ///
    /// @param block channels a block
    void check(NativeRoutine routine, PackedConv packed, int block, Random random, Arena arena, Sum sum) {
        MemorySegment packedWeights = guarded(packed.weights(), arena);
        MemorySegment parameters = guarded(packed.parameters(), arena);
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
                        float value = conv.rescaling().apply(sum.of(y, x, n), n);
                        wanted[shape.out().at(y, x) + n] = (byte) ((int) value + conv.zeroOut());
                    }
                }
            }
            routine.call(
                    in.address(),
                    packedWeights.address(),
                    parameters.address(),
                    out.address(),
                    Corner.at(part[0], part[1]),
                    Corner.at(part[2], part[3]));
            byte[] found = out.toArray(JAVA_BYTE);
            if (!Arrays.equals(found, wanted)) {
                assertThat(found).as(conv.toString()).containsExactly(wanted);
            }
        }
    }

    private static MemorySegment guarded(MemorySegment packed, Arena arena) {
        return GuardedMemory.before(packed.byteSize(), arena).copyFrom(packed);
    }
}
