package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPDPBUSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMADDWD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPUNPCKHBW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPUNPCKHWD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPUNPCKLBW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPUNPCKLWD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Binary;

/// Puts inputs one above the other side by side: a vector of channels' bytes of several rows becomes
/// four vectors, each lane of which has one channel's inputs, four bytes or two words. Each 128 bits of
/// the four have 16 channels in a row. The registers with the highest numbers, [#REGISTERS] of them,
/// are overwritten.
///
/// @param lanes   of the channels, prepared
/// @param vectors how many of the four are wanted
record Interleaving(X64Assembler a, Isa isa, ByteLanes lanes, int vectors) {
    /// How many registers it takes.
    static final int REGISTERS = 6;

    private static final int FIRST = 0, SECOND = 1, LOW = 2, THIRD = 3, OTHER_LOW = 4, ZERO = 5;

    /// Where the four vectors are left.
    private static final int[] RESULTS = {THIRD, LOW, OTHER_LOW, FIRST};

    private Vector v(int number) {
        return Vector.of(isa.registers() - 1 - number, lanes.width());
    }

    private boolean areBytes() {
        return isa == Isa.AVX512_VNNI;
    }

    /// Writes what comes before the first group.
    void begin() {
        if (!areBytes()) {
            a.emit(VXORPS, v(ZERO), v(ZERO), v(ZERO));
        }
    }

    /// Reads and interleaves one row above so many others, in all up to four, or two.
    void group(Mem first, int rowStride, int rows) {
        pair(first, rowStride, rows, FIRST, SECOND, LOW);
        if (!areBytes()) {
            interleave(VPUNPCKLBW, VPUNPCKHBW, ZERO, ZERO);
        } else if (rows > 2) {
            pair(first.plus(2 * rowStride), rowStride, rows - 2, SECOND, THIRD, OTHER_LOW);
            interleave(VPUNPCKLWD, VPUNPCKHWD, OTHER_LOW, SECOND);
        } else {
            // What takes the place of rows that are not there has no weight.
            interleave(VPUNPCKLWD, VPUNPCKHWD, LOW, FIRST);
        }
    }

    /// Two rows: the bytes of both, side by side, to `low` and `high`, which held the upper one.
    private void pair(Mem upper, int rowStride, int rows, int high, int other, int low) {
        lanes.load(v(high), upper, v(other));
        int lower = high;
        if (rows > 1) {
            lanes.load(v(other), upper.plus(rowStride), v(low));
            lower = other;
        }
        a.emit(VPUNPCKLBW, v(low), v(high), v(lower));
        if (vectors > 2) {
            a.emit(VPUNPCKHBW, v(high), v(high), v(lower));
        }
    }

    private void interleave(Binary unpackLow, Binary unpackHigh, int low, int high) {
        a.emit(unpackLow, v(THIRD), v(LOW), v(low));
        a.emit(unpackHigh, v(LOW), v(LOW), v(low));
        if (vectors > 2) {
            a.emit(unpackLow, v(OTHER_LOW), v(FIRST), v(high));
            a.emit(unpackHigh, v(FIRST), v(FIRST), v(high));
        }
    }

    /// Adds the products of one of the four vectors and weights.
    void multiply(Vector sum, int vector, Mem weights) {
        Vector inputs = v(RESULTS[vector]);
        if (areBytes()) {
            a.emit(VPDPBUSD, sum, inputs, weights);
        } else {
            a.emit(VPMADDWD, v(SECOND), inputs, weights);
            a.emit(VPADDD, sum, sum, v(SECOND));
        }
    }
}
