package org.mobilenet4j.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.RescaleKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.Tuning;

/// Vectors of channels, row by row, in doubles: both roundings of [OutputRescaling] at once, without integer products.
///
/// Floors nest. With `a` the sum and its bias, `s` the significand and `r` bits to the right, half up is
/// `floor((floor(a * s / 2^31 + 1/2) + 2^(r-1)) / 2^r) = floor(v + 1/2 + h)`, where `v = a * s / 2^(31+r)` and
/// `h = 2^-(r+1)`, or 0 for `r = 0`. Half away from zero is the same with `-h` where `a` is negative. All of that
/// is a multiple of `2^-(31+r)`: adding half of that, `e = 2^-(32+r)`, leaves no ties, and the floor is the integer
/// nearest to `v + h + e`.
///
/// A double holds that sum exactly as long as it is below `2^(21-r)`; greater sums are rounded, but stay greater
/// than any clamping bound. [#isExact] tells for which channels that is enough; plain loops process the others.
final class VectorRescale implements RescaleKernel {
    private static final VectorSpecies<Double> DOUBLES = Lanes.SPECIES.withLanes(double.class);
    private static final int LANES = DOUBLES.length();
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));

    /// A double has 53 bits: 31 for the significand, one to break ties, these for the rest.
    private static final int FREE_BITS = 21;

    /// Results have this many bits and a sign.
    private static final int RESULT_BITS = 8;

    /// The largest left shift for which `2^25` still fits an `int`.
    private static final int MOST_LEFT = 5;

    /// Added to a double below 2^51, it leaves the nearest integer in the low bits.
    private static final double ROUNDER = 0x1.8p52;

    /// This few vectors take less than a microsecond when compiled, and many when not.
    private static final int WARM_UP_VECTORS = 4;

    private final Plane plane;
    private final OutputRescaling rescaling;
    /// The number of channels processed in vectors; the rest would reach past the pixel's room.
    private final int vectorChannels;
    /// From each channel on, the first that is not exact in doubles.
    private final int[] firstInexact;

    private final double[] factors;
    private final double[] summands;
    /// The half of the first rounding, included in the summands if halves go up.
    private final double[] halves;
    /// Whether halves go away from zero and that makes a difference.
    private final boolean isOutward;

    VectorRescale(Plane plane, OutputRescaling rescaling) {
        this.plane = plane;
        this.rescaling = rescaling;
        int channels = rescaling.channels();
        int padded = Math.ceilDiv(channels, LANES) * LANES;
        this.vectorChannels = padded <= plane.room() ? padded : channels / LANES * LANES;
        this.firstInexact = new int[padded];
        this.factors = new double[padded];
        this.summands = new double[padded];
        this.halves = new double[padded];
        // Negative values are clamped to the least result anyway if that is not below zero.
        this.isOutward = !rescaling.halvesGoUp() && rescaling.low() < 0;
        int inexact = padded;
        for (int c = padded; --c >= 0; ) {
            if (c < channels) {
                pack(c);
                inexact = isExact(c) ? inexact : c;
            }
            firstInexact[c] = inexact;
        }
    }

    /// In units of `2^-(32+r)`, so that all terms are integers: twice the product, the half of the first rounding,
    /// one for ties.
    private void pack(int c) {
        var multiplier = rescaling.multiplier(c);
        int unit = multiplier.shift() - Integer.SIZE;
        long half = multiplier.shift() < 0 ? 1L << (Integer.SIZE - 1) : 0;
        long summand = 2L * rescaling.bias(c) * multiplier.significand() + 1 + (isOutward ? 0 : half);
        factors[c] = Math.scalb(2.0 * multiplier.significand(), unit);
        summands[c] = Math.scalb((double) summand, unit);
        halves[c] = Math.scalb((double) half, unit);
    }

    private boolean isExact(int c) {
        int shift = rescaling.multiplier(c).shift();
        long most = 1L << FREE_BITS;
        long bias = Math.abs((long) rescaling.bias(c));
        return (-shift <= FREE_BITS - RESULT_BITS || rescaling.mostSum() + bias < most - 1)
                && shift <= MOST_LEFT
                && bias < most / 2
                && Math.max(-(long) rescaling.low(), rescaling.high()) < 1 << RESULT_BITS;
    }

    @Override
    public Plane plane() {
        return plane;
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
            for (int c = from; c < to; ) {
                int whole = Math.max(Math.min(firstInexact[c], end) - c, 0) / LANES * LANES;
                if (whole > 0) {
                    vectors(memory, plane.at(y, 0), plane.shape().width(), c, c + whole);
                    c += whole;
                } else {
                    int next = Math.min(c + LANES, to);
                    rescaling.apply(memory, plane, y, c, next);
                    c = next;
                }
            }
        }
    }

    /// The channels from `from` to `to`, whole vectors, of `count` pixels in a row.
    private void vectors(float[] memory, int at, int count, int from, int to) {
        int vectors = count * (to - from) / LANES;
        int gap = plane.pixelStride() - (to - from);
        if (isOutward) {
            outward(memory, at, vectors, gap, factors, summands, halves, from, to, rescaling.low(), rescaling.high());
        } else {
            upward(memory, at, vectors, gap, factors, summands, from, to, rescaling.low(), rescaling.high());
        }
    }

    /// A single loop over pixels and channels, as pixels have few vectors. The bits of `ROUNDER` plus an integer
    /// are ordered like the integers, so they are clamped as such.
    private static void upward(
            float[] memory,
            int at,
            int vectors,
            int gap,
            double[] factors,
            double[] summands,
            int from,
            int to,
            int low,
            int high) {
        var rounder = DoubleVector.broadcast(DOUBLES, ROUNDER);
        var least = DoubleVector.broadcast(DOUBLES, ROUNDER + low).reinterpretAsLongs();
        var most = DoubleVector.broadcast(DOUBLES, ROUNDER + high).reinterpretAsLongs();
        int p = at + from;
        int c = from;
        for (int i = 0; i < vectors; i++) {
            var sum = (DoubleVector)
                    FloatVector.fromArray(FLOATS, memory, p).convertShape(VectorOperators.F2D, DOUBLES, 0);
            var nearest = sum.fma(
                            DoubleVector.fromArray(DOUBLES, factors, c), DoubleVector.fromArray(DOUBLES, summands, c))
                    .add(rounder)
                    .reinterpretAsLongs()
                    .max(least)
                    .min(most)
                    .reinterpretAsDoubles()
                    .sub(rounder);
            ((FloatVector) nearest.convertShape(VectorOperators.D2F, FLOATS, 0)).intoArray(memory, p);
            p += LANES;
            c += LANES;
            if (c == to) {
                c = from;
                p += gap;
            }
        }
    }

    /// Like [#upward], with the half of the first rounding on the value's own side of zero.
    private static void outward(
            float[] memory,
            int at,
            int vectors,
            int gap,
            double[] factors,
            double[] summands,
            double[] halves,
            int from,
            int to,
            int low,
            int high) {
        var rounder = DoubleVector.broadcast(DOUBLES, ROUNDER);
        var least = DoubleVector.broadcast(DOUBLES, ROUNDER + low).reinterpretAsLongs();
        var most = DoubleVector.broadcast(DOUBLES, ROUNDER + high).reinterpretAsLongs();
        int p = at + from;
        int c = from;
        for (int i = 0; i < vectors; i++) {
            var sum = (DoubleVector)
                    FloatVector.fromArray(FLOATS, memory, p).convertShape(VectorOperators.F2D, DOUBLES, 0);
            var value =
                    sum.fma(DoubleVector.fromArray(DOUBLES, factors, c), DoubleVector.fromArray(DOUBLES, summands, c));
            var half = value.reinterpretAsLongs()
                    .and(Long.MIN_VALUE)
                    .or(DoubleVector.fromArray(DOUBLES, halves, c).reinterpretAsLongs())
                    .reinterpretAsDoubles();
            var nearest = value.add(half)
                    .add(rounder)
                    .reinterpretAsLongs()
                    .max(least)
                    .min(most)
                    .reinterpretAsDoubles()
                    .sub(rounder);
            ((FloatVector) nearest.convertShape(VectorOperators.D2F, FLOATS, 0)).intoArray(memory, p);
            p += LANES;
            c += LANES;
            if (c == to) {
                c = from;
                p += gap;
            }
        }
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int few = Math.min(vectorChannels, WARM_UP_VECTORS * LANES);
        return warmth.reach(Tuning.WARM_NANOS, () -> vectors(memory, plane.offset(), 1, 0, few));
    }
}
