package org.mobilenet4j.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vectors of channels. Products take 62 bits, so the vectors are as wide as those of other kernels in longs,
/// and half as wide in floats.
final class VectorRescale implements RescaleKernel {
    private static final VectorSpecies<Long> LONGS = Lanes.SPECIES.withLanes(long.class);
    private static final int LANES = LONGS.length();
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

    private static final int FRACTION = 31;

    /// So few vectors take less than a microsecond when compiled, and many when not.
    private static final int WARM_UP_VECTORS = 4;

    private static final long WARM_NANOS = 6_000;

    private final Plane plane;
    private final Rescaling rescaling;
    /// How many channels are done in vectors; the rest would reach past the pixel's room.
    private final int vectorChannels;
    private final int[] bias;
    private final int[] significands;
    private final int[] leftShifts;
    private final int[] rightShifts;
    /// What is taken off a negative number, so that its half goes away from zero: -1, or 0 where halves go up.
    private final long halves;

    VectorRescale(Plane plane, Rescaling rescaling) {
        this.plane = plane;
        this.rescaling = rescaling;
        int channels = rescaling.channels();
        int whole = channels / LANES * LANES;
        int padded = Math.ceilDiv(channels, LANES) * LANES;
        this.vectorChannels = padded <= plane.room() ? padded : whole;
        this.bias = Arrays.copyOf(rescaling.bias, padded);
        this.significands = Arrays.copyOf(rescaling.significands, padded);
        this.halves = rescaling.halvesGoUp ? 0 : -1;
        this.leftShifts = new int[padded];
        this.rightShifts = new int[padded];
        for (int c = 0; c < channels; c++) {
            leftShifts[c] = Math.max(rescaling.shifts[c], 0);
            rightShifts[c] = Math.max(-rescaling.shifts[c], 0);
        }
    }

    /// One unit is one row.
    @Override
    public int units() {
        return plane.shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        run(memory, from, to, 0, rescaling.channels());
    }

    @Override
    public void runChannels(float[] memory, int from, int to) {
        run(memory, 0, plane.shape().height(), from, to);
    }

    private void run(float[] memory, int fromRow, int toRow, int from, int to) {
        int end = to == rescaling.channels() ? vectorChannels : to;
        for (int y = fromRow; y < toRow; y++) {
            for (int x = 0; x < plane.shape().width(); x++) {
                int at = plane.at(y, x);
                int rest = vectors(memory, at, from, end);
                ScalarRescale.pixel(memory, at, rest, to, rescaling);
            }
        }
    }

    /// The channels from `from` to `to`, as far as whole vectors fit; says which is the first that is left.
    private int vectors(float[] memory, int at, int from, int to) {
        int c = from;
        for (; c + LANES <= to; c += LANES) {
            rescale(
                    memory,
                    at + c,
                    c,
                    bias,
                    significands,
                    leftShifts,
                    rightShifts,
                    rescaling.low,
                    rescaling.high,
                    halves);
        }
        return c;
    }

    /// As [Rescaling#apply], all lanes at once. Half away from zero is half up, a little less for what is negative.
    private static void rescale(
            float[] memory,
            int at,
            int c,
            int[] bias,
            int[] significands,
            int[] left,
            int[] right,
            int low,
            int high,
            long halves) {
        var sum = ((IntVector) FloatVector.fromArray(FLOATS, memory, at).convertShape(VectorOperators.F2I, INTS, 0))
                .add(IntVector.fromArray(INTS, bias, c))
                .lanewise(VectorOperators.LSHL, IntVector.fromArray(INTS, left, c));
        var product = ((LongVector) sum.convertShape(VectorOperators.I2L, LONGS, 0))
                .mul(IntVector.fromArray(INTS, significands, c).convertShape(VectorOperators.I2L, LONGS, 0))
                .add(1L << (FRACTION - 1))
                .lanewise(VectorOperators.ASHR, FRACTION);
        var shift = (LongVector) IntVector.fromArray(INTS, right, c).convertShape(VectorOperators.I2L, LONGS, 0);
        // 2^(shift - 1); nothing where the shift is none, and then nothing is taken off what is negative either.
        var half = LongVector.broadcast(LONGS, 1)
                .lanewise(VectorOperators.LSHL, shift)
                .lanewise(VectorOperators.LSHR, 1);
        var less = product.lanewise(VectorOperators.ASHR, Long.SIZE - 1)
                .and(halves)
                .max(half.neg());
        var rounded = product.add(half).add(less).lanewise(VectorOperators.ASHR, shift);
        ((IntVector) rounded.convertShape(VectorOperators.L2I, INTS, 0))
                .max(low)
                .min(high)
                .convertShape(VectorOperators.I2F, FLOATS, 0)
                .reinterpretAsFloats()
                .intoArray(memory, at);
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int few = Math.min(vectorChannels, WARM_UP_VECTORS * LANES);
        return warmth.reach(WARM_NANOS, () -> vectors(memory, plane.at(0, 0), 0, few));
    }
}
