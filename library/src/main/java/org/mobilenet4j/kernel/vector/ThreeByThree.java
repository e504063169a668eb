package org.mobilenet4j.kernel.vector;

import static org.mobilenet4j.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.kernel.layout.Clamp;

/// Rows of a 3x3 depthwise convolution for one block of channels: the nine weights stay in registers while the
/// window slides along the row.
///
/// Two rows at once, with columns carried from one output to the next, load two vectors per output instead of nine.
/// This takes 24 registers and stride 1.
///
/// Only methods of the Vector API are called: the JIT inlines those regardless of the size of the method.
final class ThreeByThree {
    /// Memory layout of the window.
    ///
    /// @param tap floats from one tap to the next in a row of the window
    /// @param row floats from one row of the window to the next
    /// @param step floats from one window to the next
    record Strides(int tap, int row, int step) {}

    private ThreeByThree() {}

    /// `count` outputs of one row, from the window at `in`; outputs start at `out`, `outStep` apart.
    static void row(
            float[] memory,
            int in,
            Strides strides,
            float[] weights,
            int at,
            float[] bias,
            int biasAt,
            float[] target,
            int out,
            int outStep,
            int count,
            Clamp clamp) {
        int low = clamp.lowBits();
        int high = clamp.highBits();
        int tap = strides.tap();
        int row = strides.row();
        int step = strides.step();
        var w0 = FloatVector.fromArray(SPECIES, weights, at);
        var w1 = FloatVector.fromArray(SPECIES, weights, at + Lanes.COUNT);
        var w2 = FloatVector.fromArray(SPECIES, weights, at + 2 * Lanes.COUNT);
        var w3 = FloatVector.fromArray(SPECIES, weights, at + 3 * Lanes.COUNT);
        var w4 = FloatVector.fromArray(SPECIES, weights, at + 4 * Lanes.COUNT);
        var w5 = FloatVector.fromArray(SPECIES, weights, at + 5 * Lanes.COUNT);
        var w6 = FloatVector.fromArray(SPECIES, weights, at + 6 * Lanes.COUNT);
        var w7 = FloatVector.fromArray(SPECIES, weights, at + 7 * Lanes.COUNT);
        var w8 = FloatVector.fromArray(SPECIES, weights, at + 8 * Lanes.COUNT);
        var start = FloatVector.fromArray(SPECIES, bias, biasAt);
        for (int x = 0; x < count; x++) {
            int p = in + x * step;
            FloatVector sum = FloatVector.fromArray(SPECIES, memory, p).fma(w0, start);
            sum = FloatVector.fromArray(SPECIES, memory, p + tap).fma(w1, sum);
            sum = FloatVector.fromArray(SPECIES, memory, p + 2 * tap).fma(w2, sum);
            sum = FloatVector.fromArray(SPECIES, memory, p + row).fma(w3, sum);
            sum = FloatVector.fromArray(SPECIES, memory, p + row + tap).fma(w4, sum);
            sum = FloatVector.fromArray(SPECIES, memory, p + row + 2 * tap).fma(w5, sum);
            sum = FloatVector.fromArray(SPECIES, memory, p + 2 * row).fma(w6, sum);
            sum = FloatVector.fromArray(SPECIES, memory, p + 2 * row + tap).fma(w7, sum);
            sum = FloatVector.fromArray(SPECIES, memory, p + 2 * row + 2 * tap).fma(w8, sum);
            sum.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(target, out + x * outStep);
        }
    }

    /// `count` outputs of each of two neighboring rows with stride 1; the second row's lie `outRow` after the first's.
    static void rowPair(
            float[] memory,
            int in,
            Strides strides,
            float[] weights,
            int at,
            float[] bias,
            int biasAt,
            float[] target,
            int out,
            int outRow,
            int outStep,
            int count,
            Clamp clamp) {
        int low = clamp.lowBits();
        int high = clamp.highBits();
        int tap = strides.tap();
        int row = strides.row();
        var w0 = FloatVector.fromArray(SPECIES, weights, at);
        var w1 = FloatVector.fromArray(SPECIES, weights, at + Lanes.COUNT);
        var w2 = FloatVector.fromArray(SPECIES, weights, at + 2 * Lanes.COUNT);
        var w3 = FloatVector.fromArray(SPECIES, weights, at + 3 * Lanes.COUNT);
        var w4 = FloatVector.fromArray(SPECIES, weights, at + 4 * Lanes.COUNT);
        var w5 = FloatVector.fromArray(SPECIES, weights, at + 5 * Lanes.COUNT);
        var w6 = FloatVector.fromArray(SPECIES, weights, at + 6 * Lanes.COUNT);
        var w7 = FloatVector.fromArray(SPECIES, weights, at + 7 * Lanes.COUNT);
        var w8 = FloatVector.fromArray(SPECIES, weights, at + 8 * Lanes.COUNT);
        var start = FloatVector.fromArray(SPECIES, bias, biasAt);
        // Columns a and b of the window's four rows; c is new with each output.
        var a0 = FloatVector.fromArray(SPECIES, memory, in);
        var a1 = FloatVector.fromArray(SPECIES, memory, in + row);
        var a2 = FloatVector.fromArray(SPECIES, memory, in + 2 * row);
        var a3 = FloatVector.fromArray(SPECIES, memory, in + 3 * row);
        var b0 = FloatVector.fromArray(SPECIES, memory, in + tap);
        var b1 = FloatVector.fromArray(SPECIES, memory, in + row + tap);
        var b2 = FloatVector.fromArray(SPECIES, memory, in + 2 * row + tap);
        var b3 = FloatVector.fromArray(SPECIES, memory, in + 3 * row + tap);
        int next = in + 2 * tap;
        for (int x = 0; x < count; x++) {
            int p = next + x * tap;
            var c0 = FloatVector.fromArray(SPECIES, memory, p);
            var c1 = FloatVector.fromArray(SPECIES, memory, p + row);
            var c2 = FloatVector.fromArray(SPECIES, memory, p + 2 * row);
            var c3 = FloatVector.fromArray(SPECIES, memory, p + 3 * row);
            FloatVector upper = c0.fma(w2, b0.fma(w1, a0.fma(w0, start)));
            upper = c1.fma(w5, b1.fma(w4, a1.fma(w3, upper)));
            upper = c2.fma(w8, b2.fma(w7, a2.fma(w6, upper)));
            FloatVector lower = c1.fma(w2, b1.fma(w1, a1.fma(w0, start)));
            lower = c2.fma(w5, b2.fma(w4, a2.fma(w3, lower)));
            lower = c3.fma(w8, b3.fma(w7, a3.fma(w6, lower)));
            upper.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(target, out + x * outStep);
            lower.reinterpretAsInts()
                    .max(low)
                    .min(high)
                    .reinterpretAsFloats()
                    .intoArray(target, out + outRow + x * outStep);
            a0 = b0;
            a1 = b1;
            a2 = b2;
            a3 = b3;
            b0 = c0;
            b1 = c1;
            b2 = c2;
            b3 = c3;
        }
    }
}
