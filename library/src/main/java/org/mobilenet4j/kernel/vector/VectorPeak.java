package org.mobilenet4j.kernel.vector;

import static org.mobilenet4j.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.Tuning;

/// Sums in registers: 16 in flight fill four units with a latency of four cycles, more than most processors have,
/// and fit a small register file.
final class VectorPeak implements PeakKernel {
    private static final int SUMS = 16;

    /// Takes the JIT's counters past their thresholds with the fewest operations.
    private static final int WARM_UP_ROUNDS = 24;

    @Override
    public int multAddsPerUnit() {
        return SUMS * Lanes.COUNT;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        rounds(memory, to - from);
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        return warmth.reach(Tuning.WARM_NANOS, () -> rounds(memory, WARM_UP_ROUNDS));
    }

    private static void rounds(float[] sums, int rounds) {
        var half = FloatVector.broadcast(SPECIES, 0.5f);
        var s0 = FloatVector.fromArray(SPECIES, sums, 0);
        var s1 = FloatVector.fromArray(SPECIES, sums, Lanes.COUNT);
        var s2 = FloatVector.fromArray(SPECIES, sums, 2 * Lanes.COUNT);
        var s3 = FloatVector.fromArray(SPECIES, sums, 3 * Lanes.COUNT);
        var s4 = FloatVector.fromArray(SPECIES, sums, 4 * Lanes.COUNT);
        var s5 = FloatVector.fromArray(SPECIES, sums, 5 * Lanes.COUNT);
        var s6 = FloatVector.fromArray(SPECIES, sums, 6 * Lanes.COUNT);
        var s7 = FloatVector.fromArray(SPECIES, sums, 7 * Lanes.COUNT);
        var s8 = FloatVector.fromArray(SPECIES, sums, 8 * Lanes.COUNT);
        var s9 = FloatVector.fromArray(SPECIES, sums, 9 * Lanes.COUNT);
        var s10 = FloatVector.fromArray(SPECIES, sums, 10 * Lanes.COUNT);
        var s11 = FloatVector.fromArray(SPECIES, sums, 11 * Lanes.COUNT);
        var s12 = FloatVector.fromArray(SPECIES, sums, 12 * Lanes.COUNT);
        var s13 = FloatVector.fromArray(SPECIES, sums, 13 * Lanes.COUNT);
        var s14 = FloatVector.fromArray(SPECIES, sums, 14 * Lanes.COUNT);
        var s15 = FloatVector.fromArray(SPECIES, sums, 15 * Lanes.COUNT);
        for (int i = 0; i < rounds; i++) {
            s0 = s0.fma(half, half);
            s1 = s1.fma(half, half);
            s2 = s2.fma(half, half);
            s3 = s3.fma(half, half);
            s4 = s4.fma(half, half);
            s5 = s5.fma(half, half);
            s6 = s6.fma(half, half);
            s7 = s7.fma(half, half);
            s8 = s8.fma(half, half);
            s9 = s9.fma(half, half);
            s10 = s10.fma(half, half);
            s11 = s11.fma(half, half);
            s12 = s12.fma(half, half);
            s13 = s13.fma(half, half);
            s14 = s14.fma(half, half);
            s15 = s15.fma(half, half);
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, Lanes.COUNT);
        s2.intoArray(sums, 2 * Lanes.COUNT);
        s3.intoArray(sums, 3 * Lanes.COUNT);
        s4.intoArray(sums, 4 * Lanes.COUNT);
        s5.intoArray(sums, 5 * Lanes.COUNT);
        s6.intoArray(sums, 6 * Lanes.COUNT);
        s7.intoArray(sums, 7 * Lanes.COUNT);
        s8.intoArray(sums, 8 * Lanes.COUNT);
        s9.intoArray(sums, 9 * Lanes.COUNT);
        s10.intoArray(sums, 10 * Lanes.COUNT);
        s11.intoArray(sums, 11 * Lanes.COUNT);
        s12.intoArray(sums, 12 * Lanes.COUNT);
        s13.intoArray(sums, 13 * Lanes.COUNT);
        s14.intoArray(sums, 14 * Lanes.COUNT);
        s15.intoArray(sums, 15 * Lanes.COUNT);
    }
}
