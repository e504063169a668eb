package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Binary.SMAX;
import static org.mobilenet4j.machine.a64.instruction.Binary.SMIN;

import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.a64.instruction.Binary;

/// Keeps results within bounds, which are floats whose bits are compared as integers.
final class ClampCode {
    private ClampCode() {}

    /// Writes that for `count` registers from `first` on; `spare` and X30 are overwritten.
    static void emit(A64Assembler a, Clamp clamp, int first, int count, Vector spare) {
        if (clamp.lowBits() != Integer.MIN_VALUE) {
            bound(a, SMAX, clamp.lowBits(), first, count, spare);
        }
        if (clamp.highBits() != Integer.MAX_VALUE) {
            bound(a, SMIN, clamp.highBits(), first, count, spare);
        }
    }

    private static void bound(A64Assembler a, Binary row, int bits, int first, int count, Vector spare) {
        broadcast(a, spare, bits);
        for (int i = first; i < first + count; i++) {
            a.emit(row, s4(i), s4(i), spare);
        }
    }

    /// The same bits in all lanes; X30 is overwritten.
    static void broadcast(A64Assembler a, Vector dst, int bits) {
        a.mov(X30, bits);
        a.dup(dst, X30);
    }
}
