package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINSD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;

import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Keeps results within bounds, which are floats whose bits are compared as integers.
///
/// @param low  the bits of the lower one; [Integer#MIN_VALUE] for none
/// @param high the bits of the upper one; [Integer#MAX_VALUE] for none
record ClampCode(int low, int high) {
    static ClampCode of(Clamp clamp) {
        return new ClampCode(clamp.lowBits(), clamp.highBits());
    }

    /// Writes that for the registers from `first` to `end`; `spare` is overwritten.
    void emit(X64Assembler a, int first, int end, Vector spare) {
        if (low != Integer.MIN_VALUE) {
            a.emit(VBROADCASTSS, spare, a.constant(low));
            for (int i = first; i < end; i++) {
                Vector value = Vector.of(i, spare.width());
                a.emit(VPMAXSD, value, value, spare);
            }
        }
        if (high != Integer.MAX_VALUE) {
            a.emit(VBROADCASTSS, spare, a.constant(high));
            for (int i = first; i < end; i++) {
                Vector value = Vector.of(i, spare.width());
                a.emit(VPMINSD, value, value, spare);
            }
        }
    }

    /// Writes what leaves the bounds in two registers, for [#apply].
    void bounds(X64Assembler a, Vector lower, Vector upper) {
        if (low != Integer.MIN_VALUE) {
            a.emit(VBROADCASTSS, lower, a.constant(low));
        }
        if (high != Integer.MAX_VALUE) {
            a.emit(VBROADCASTSS, upper, a.constant(high));
        }
    }

    /// Writes that for one register, with the bounds in two others.
    void apply(X64Assembler a, Vector value, Vector lower, Vector upper) {
        if (low != Integer.MIN_VALUE) {
            a.emit(VPMAXSD, value, value, lower.as(value.width()));
        }
        if (high != Integer.MAX_VALUE) {
            a.emit(VPMINSD, value, value, upper.as(value.width()));
        }
    }
}
