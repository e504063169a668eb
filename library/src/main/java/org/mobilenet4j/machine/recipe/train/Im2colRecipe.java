package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Copies the values under windows into rows, run by run. Its routine takes the arrays `(map, rows)`, the number of
/// windows, at least one, and the bytes from one to the next.
public final class Im2colRecipe {
    /// Longer runs are copied in a loop.
    private static final int STRAIGHT_VECTORS = 8;

    private Im2colRecipe() {}

    /// Writes the routine of that name.
    ///
    /// @param runs offset of each run of values from the start of the window, in floats
    /// @param length floats per run
    /// @param rowStride floats from one row to the next
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, int[] runs, int length, int rowStride, Isa isa) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, 2, 0);
        Width width = isa.width();
        a.emit(MOV, R8, routine.number(0));
        a.emit(MOV, R9, routine.number(1));
        int vectors = Math.ceilDiv(length, width.floats());
        Vector spare = Vector.of(0, width);
        Label again = a.here();
        for (int i = 0; i < runs.length; i++) {
            int from = Math.multiplyExact(4, runs[i]);
            int to = Math.multiplyExact(4 * i, length);
            if (vectors <= STRAIGHT_VECTORS) {
                for (int at = 0; at < vectors * width.bytes(); at += width.bytes()) {
                    a.emit(VMOVUPS, spare, Mem.at(RDI, Math.addExact(from, at)));
                    a.emit(VMOVUPS_STORE, Mem.at(RSI, Math.addExact(to, at)), spare);
                }
                continue;
            }
            a.lea(R10, Mem.at(RDI, from));
            a.lea(R11, Mem.at(RSI, to));
            a.mov(RAX, vectors);
            Label next = a.here();
            a.emit(VMOVUPS, spare, Mem.at(R10));
            a.emit(VMOVUPS_STORE, Mem.at(R11), spare);
            a.emit(ADD, R10, width.bytes());
            a.emit(ADD, R11, width.bytes());
            a.dec(RAX);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        a.emit(ADD, RDI, R9);
        a.emit(ADD, RSI, Math.multiplyExact(4, rowStride));
        a.dec(R8);
        a.jcc(Condition.NOT_EQUAL, again);
        routine.end();
    }
}
