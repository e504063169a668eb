package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;

import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Zeros around a map. Its routine takes the address of the memory that the map lies in.
public final class PaddingRecipe {
    private final X64Assembler a;
    private final PaddingShape shape;
    private final RowFill fill;

    private PaddingRecipe(X64Assembler assembler, PaddingShape shape, Isa isa) {
        this.a = assembler;
        this.shape = shape;
        this.fill = new RowFill(assembler, isa, false);
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, PaddingShape shape, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, 0);
        new PaddingRecipe(a, shape, isa).emit();
        routine.end();
    }

    private void emit() {
        Plane map = shape.map();
        int left = shape.left() * map.pixelStride();
        int inner = map.shape().width() * map.pixelStride();
        int right = shape.right() * map.pixelStride();
        fill.begin();
        a.mov(RAX, 4L * map.at(-shape.top(), -shape.left()));
        a.emit(ADD, RDI, RAX);
        rows(shape.top(), left + inner + right, 0, 0);
        rows(map.shape().height(), left, left + inner, right);
        rows(shape.bottom(), left + inner + right, 0, 0);
    }

    /// So many rows, with zeros in the first floats and in those from `second` on.
    private void rows(int rows, int first, int second, int secondCount) {
        int row = Math.multiplyExact(4, shape.map().rowStride());
        if (first + secondCount == 0 || rows == 0) {
            a.emit(ADD, RDI, Math.multiplyExact(rows, row));
            return;
        }
        a.mov(R10, rows);
        Label next = a.here();
        fill.emit(0, first);
        fill.emit(second, secondCount);
        a.emit(ADD, RDI, row);
        a.dec(R10);
        a.jcc(Condition.NOT_EQUAL, next);
    }
}
