package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;

import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Copies rows that follow each other to rows with gaps between them, the first row first. Its routine takes the
/// address of the memory that both lie in; the rows may lie behind their new places, however near.
public final class RowSpreadRecipe {
    private RowSpreadRecipe() {}

    /// Writes the routine of that name.
    ///
    /// @param from  where the first row lies in the memory, in floats
    /// @param rows  how many there are
    /// @param to    the map whose first rows they become
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, int from, int rows, Plane to, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, 0);
        if (rows > 0) {
            int floats = to.shape().width() * to.pixelStride();
            a.mov(RAX, 4L * from);
            a.lea(RSI, Mem.at(RDI, RAX, 1, 0));
            a.mov(RAX, 4L * to.offset());
            a.emit(ADD, RDI, RAX);
            a.mov(R10, rows);
            Label next = a.here();
            new RowFill(a, isa, true).emit(0, floats);
            a.emit(ADD, RDI, Math.multiplyExact(4, to.rowStride()));
            a.emit(ADD, RSI, Math.multiplyExact(4, floats));
            a.dec(R10);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        routine.end();
    }
}
