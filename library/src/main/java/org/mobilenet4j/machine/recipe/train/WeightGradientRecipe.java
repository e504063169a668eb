package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The gradient of a matrix of weights: to each weight, the products of its input and its output's gradient are added,
/// row by row. Its routine takes the arrays `(in, gradient, sums)` and the number of rows, at least one; `sums` has
/// `depth` rows of [MatrixShape#columns] floats. [AheadCode] takes what lies behind them.
///
/// A tile is some inputs by a panel of outputs. Rows go by in blocks which, in a panel's width, stay in the first cache
/// while all inputs see them.
public final class WeightGradientRecipe {
    /// Rows of a block.
    public static final int BLOCK = 160;

    private static final int LINE = 64;

    private final X64Assembler a;
    private final MatrixShape shape;
    private final Factors factors;
    private final Isa isa;
    private final Width width;
    private final AheadCode ahead;

    private WeightGradientRecipe(X64Assembler assembler, MatrixShape shape, Factors factors, Isa isa, AheadCode ahead) {
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
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, 3 + AheadCode.ARRAYS, AheadCode.LOCALS);
        var ahead = new AheadCode(a, routine, 3, 1);
        ahead.begin();
        a.emit(MOV, R8, routine.number(0));
        new WeightGradientRecipe(a, shape, factors, isa, ahead).emit();
        routine.end();
    }

    private void emit() {
        Label again = a.here();
        a.mov(R9, BLOCK);
        a.emit(CMP, R8, R9);
        a.cmov(Condition.BELOW, R9, R8);
        block();
        a.emit(ADD, RDI, Math.multiplyExact(BLOCK, 4 * shape.inStride()));
        a.emit(ADD, RSI, Math.multiplyExact(BLOCK, 4 * shape.outStride()));
        a.emit(SUB, R8, BLOCK);
        a.jcc(Condition.GREATER, again);
    }

    /// R9 rows.
    private void block() {
        a.emit(MOV, R13, RSI);
        a.emit(MOV, R14, RDX);
        var panels = shape.panels(isa);
        for (int i = 0; i < panels.size(); ) {
            int columns = panels.get(i).columns();
            int alike = 1;
            while (i + alike < panels.size() && panels.get(i + alike).columns() == columns) {
                alike++;
            }
            a.mov(RCX, alike);
            Label next = a.here();
            panel(columns / width.floats());
            a.emit(ADD, R13, 4 * columns);
            a.emit(ADD, R14, 4 * columns);
            a.dec(RCX);
            a.jcc(Condition.NOT_EQUAL, next);
            i += alike;
        }
    }

    private void panel(int vectors) {
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R15, R14);
        int most = MatrixShape.highest(vectors, isa);
        int tiles = Math.ceilDiv(shape.depth(), most);
        int height = shape.depth() / tiles;
        int higher = shape.depth() % tiles;
        repeat(higher, height + 1, vectors);
        repeat(tiles - higher, height, vectors);
    }

    private void repeat(int times, int height, int vectors) {
        if (times == 0) {
            return;
        }
        a.mov(RBX, times);
        Label again = a.here();
        tile(height, vectors);
        a.emit(ADD, R12, 4 * height);
        a.emit(ADD, R15, Math.multiplyExact(height, 4 * shape.columns()));
        a.dec(RBX);
        a.jcc(Condition.NOT_EQUAL, again);
    }

    private void tile(int height, int vectors) {
        ahead.emit(R10, R11);
        for (int sum = 0; sum < height * vectors; sum++) {
            a.emit(VMOVUPS, sum(sum), place(sum, vectors));
        }
        if (areSumsFar()) {
            for (int sum = 0; sum < height * vectors; sum += LINE / width.bytes()) {
                a.prefetcht0(place(sum + height * vectors, vectors));
            }
        }
        a.emit(MOV, R10, R12);
        a.emit(MOV, R11, R13);
        a.emit(MOV, RAX, R9);
        a.align(32);
        Label again = a.here();
        Vector input = Vector.of(isa.registers() - 1, width);
        for (int vector = 0; vector < vectors; vector++) {
            a.emit(VMOVUPS, gradient(vector), Mem.at(R11, vector * width.bytes()));
        }
        for (int row = 0; row < height; row++) {
            a.emit(VBROADCASTSS, input, Mem.at(R10, 4 * row));
            for (int vector = 0; vector < vectors; vector++) {
                a.emit(factors.multiplyAdd(), sum(row * vectors + vector), input, gradient(vector));
            }
        }
        a.emit(ADD, R10, Math.multiplyExact(4, shape.inStride()));
        a.emit(ADD, R11, Math.multiplyExact(4, shape.outStride()));
        a.dec(RAX);
        a.jcc(Condition.NOT_EQUAL, again);
        for (int sum = 0; sum < height * vectors; sum++) {
            a.emit(VMOVUPS_STORE, place(sum, vectors), sum(sum));
        }
    }

    /// Whether the next tile's sums are to be asked for during a tile.
    private boolean areSumsFar() {
        return (long) shape.depth() * shape.columns() > Tuning.SECOND_CACHE;
    }

    private Mem place(int sum, int vectors) {
        int row = Math.multiplyExact(sum / vectors, 4 * shape.columns());
        return Mem.at(R15, row + sum % vectors * width.bytes());
    }

    private Vector sum(int index) {
        return Vector.of(index, width);
    }

    private Vector gradient(int vector) {
        return Vector.of(isa.registers() - 2 - vector, width);
    }
}
