package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
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

/// A matrix product over any number of rows. Its routine takes the arrays `(in, packed, bias, out)` and the number of
/// rows, at least one; [AheadCode] takes what lies behind them.
///
/// Weights are packed panel by panel, `[depth][columns of the panel]`. Each sum begins with the bias and goes on in the
/// order of inputs. Rows that do not fill a last tile are computed together with some that have been computed already,
/// so that there is little code and no slow rest.
public final class MatrixRecipe {
    private final X64Assembler a;
    private final MatrixShape shape;
    private final Factors factors;
    private final Isa isa;
    private final Width width;
    private final AheadCode ahead;

    private MatrixRecipe(X64Assembler assembler, MatrixShape shape, Factors factors, Isa isa, AheadCode ahead) {
        this.a = assembler;
        this.shape = shape;
        this.factors = factors;
        this.isa = isa;
        this.width = shape.vectorWidth(isa);
        this.ahead = ahead;
    }

    /// Writes the routine of that name.
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, MatrixShape shape, Factors factors, Isa isa) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, 4 + AheadCode.ARRAYS, AheadCode.LOCALS);
        var ahead = new AheadCode(a, routine, 4, 1);
        ahead.begin();
        a.emit(MOV, R8, routine.number(0));
        new MatrixRecipe(a, shape, factors, isa, ahead).emit();
        routine.end();
    }

    private void emit() {
        var panels = shape.panels(isa);
        for (int i = 0; i < panels.size(); ) {
            int columns = panels.get(i).columns();
            int alike = 1;
            while (i + alike < panels.size() && panels.get(i + alike).columns() == columns) {
                alike++;
            }
            a.mov(R14, alike);
            Label next = a.here();
            boolean isLast = i + alike == panels.size();
            panel(columns / width.floats(), isLast ? shape.columnsLeft(isa) : 0);
            int bytes = 4 * columns;
            a.emit(ADD, RSI, Math.multiplyExact(shape.depth(), bytes));
            a.emit(ADD, RDX, bytes);
            a.emit(ADD, RCX, bytes);
            a.dec(R14);
            a.jcc(Condition.NOT_EQUAL, next);
            i += alike;
        }
    }

    /// All rows, by the highest tile of which there are enough.
    ///
    /// @param left columns behind the panel that become zero
    private void panel(int vectors, int left) {
        Label end = a.label();
        for (int height = MatrixShape.highest(vectors, isa); height > 0; height = height == 1 ? 0 : (height + 1) / 2) {
            Label lower = a.label();
            if (height > 1) {
                a.emit(CMP, R8, height);
                a.jcc(Condition.BELOW, lower);
            }
            tiles(height, vectors, left);
            if (height > 1) {
                a.jmp(end);
            }
            a.bind(lower);
        }
        a.bind(end);
    }

    /// All rows, at least `height` of them.
    private void tiles(int height, int vectors, int left) {
        int in = Math.multiplyExact(4, shape.inStride());
        int out = Math.multiplyExact(4, shape.outStride());
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RCX);
        a.emit(MOV, R9, R8);
        Label again = a.here();
        tile(height, vectors, left);
        a.emit(ADD, R12, Math.multiplyExact(height, in));
        a.emit(ADD, R13, Math.multiplyExact(height, out));
        a.emit(SUB, R9, height);
        a.emit(CMP, R9, height);
        a.jcc(Condition.GREATER_EQUAL, again);
        if (height > 1) {
            Label end = a.label();
            a.emit(CMP, R9, 0);
            a.jcc(Condition.LESS_EQUAL, end);
            // Back by the rows that are missing.
            a.emit(SUB, R9, height);
            a.imul(RAX, R9, in);
            a.emit(ADD, R12, RAX);
            a.imul(RAX, R9, out);
            a.emit(ADD, R13, RAX);
            a.mov(R9, height);
            a.jmp(again);
            a.bind(end);
        }
    }

    private void tile(int height, int vectors, int left) {
        ahead.emit(R10, R11);
        for (int sum = 0; sum < height * vectors; sum++) {
            a.emit(VMOVUPS, sum(sum), Mem.at(RDX, sum % vectors * width.bytes()));
        }
        int end = Math.multiplyExact(4, shape.depth());
        a.emit(MOV, R10, RSI);
        a.mov(RAX, -end);
        a.align(32);
        Label again = a.here();
        step(height, vectors, end);
        a.emit(ADD, R10, vectors * width.bytes());
        a.emit(ADD, RAX, 4);
        a.jcc(Condition.NOT_EQUAL, again);
        for (int sum = 0; sum < height * vectors; sum++) {
            int row = Math.multiplyExact(sum / vectors, 4 * shape.outStride());
            a.emit(VMOVUPS_STORE, Mem.at(R13, row + sum % vectors * width.bytes()), sum(sum));
        }
        if (left > 0) {
            Vector zero = weights(0).as(Width.YMM);
            a.emit(VXORPS, zero, zero, zero);
            for (int row = 0; row < height; row++) {
                int at = Math.multiplyExact(row, 4 * shape.outStride()) + vectors * width.bytes();
                a.emit(VMOVUPS_STORE, Mem.at(R13, at), zero);
            }
        }
    }

    private void step(int height, int vectors, int end) {
        Vector input = Vector.of(isa.registers() - 1, width);
        for (int vector = 0; vector < vectors; vector++) {
            a.emit(VMOVUPS, weights(vector), Mem.at(R10, vector * width.bytes()));
        }
        for (int row = 0; row < height; row++) {
            int at = Math.addExact(end, Math.multiplyExact(row, 4 * shape.inStride()));
            a.emit(VBROADCASTSS, input, Mem.at(R12, RAX, 1, at));
            for (int vector = 0; vector < vectors; vector++) {
                a.emit(factors.multiplyAdd(), sum(row * vectors + vector), input, weights(vector));
            }
        }
    }

    private Vector sum(int index) {
        return Vector.of(index, width);
    }

    private Vector weights(int vector) {
        return Vector.of(isa.registers() - 2 - vector, width);
    }
}
