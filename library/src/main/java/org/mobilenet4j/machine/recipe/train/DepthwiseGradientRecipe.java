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
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The gradient of a depthwise filter. Its routine takes the arrays `(in, gradient, sums)` and the numbers bytes from
/// one
/// pixel of the gradient to the next, bytes from one of its rows to the next, rows and columns, at least one of each.
///
/// The sums of all taps of a vector of channels stay in registers while all pixels go by; as many taps at a time as
/// there
/// are registers.
public final class DepthwiseGradientRecipe {
    private static final int LINE = 4 * PixelStride.FLOATS;

    /// Rows that stay in the first cache.
    private static final int FEW_ROWS = 4;

    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    private final X64Assembler a;
    private final TapLayout taps;
    private final ArrayRoutine routine;
    private final Width width;
    private final Vector gradient;
    /// Vectors of a cache line.
    private final int vectors;

    private DepthwiseGradientRecipe(X64Assembler assembler, TapLayout taps, ArrayRoutine routine, Isa isa) {
        this.a = assembler;
        this.taps = taps;
        this.routine = routine;
        this.width = isa.width();
        this.vectors = LINE / width.bytes();
        this.gradient = Vector.of(isa.registers() - 1, width);
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, TapLayout taps, Isa isa) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, 3, 0);
        a.emit(MOV, R8, routine.number(0));
        a.emit(MOV, R9, routine.number(1));
        var recipe = new DepthwiseGradientRecipe(a, taps, routine, isa);
        int count = taps.height() * taps.width();
        int most = isa.registers() - 1;
        for (int first = 0; first < count; first += most) {
            recipe.allChannels(first, Math.min(count, first + most));
        }
        routine.end();
    }

    private Vector sum(int index) {
        return Vector.of(index, width);
    }

    /// Bytes from a window's start to the tap.
    private int place(int tap) {
        return Math.multiplyExact(4, tap / taps.width() * taps.rowTap() + tap % taps.width() * taps.columnTap());
    }

    /// A cache line of channels goes through all rows; where it has several vectors, through some rows at a time, so
    /// that it is still near when the next vector wants it.
    private void allChannels(int from, int to) {
        a.mov(R10, taps.channels() / PixelStride.FLOATS);
        Label next = a.here();
        a.emit(MOV, RBX, routine.number(ROWS));
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RSI);
        Label nextRows = a.here();
        a.emit(MOV, RCX, RBX);
        if (vectors > 1) {
            a.mov(RAX, FEW_ROWS);
            a.emit(CMP, RCX, RAX);
            a.cmov(Condition.GREATER, RCX, RAX);
        }
        for (int vector = 0; vector < vectors; vector++) {
            rows(from, to, vector * width.bytes());
        }
        a.emit(MOV, R12, R14);
        a.emit(MOV, R13, R15);
        a.emit(SUB, RBX, RCX);
        a.jcc(Condition.NOT_EQUAL, nextRows);
        a.emit(ADD, RDI, LINE);
        a.emit(ADD, RSI, LINE);
        a.emit(ADD, RDX, LINE);
        a.dec(R10);
        a.jcc(Condition.NOT_EQUAL, next);
        if (to < taps.height() * taps.width()) {
            a.emit(SUB, RDI, 4 * taps.channels());
            a.emit(SUB, RSI, 4 * taps.channels());
            a.emit(SUB, RDX, 4 * taps.channels());
        }
    }

    /// RCX rows, of inputs from R12 on and gradients from R13 on, by a vector of channels so many bytes into a line.
    /// Leaves what lies behind them in R14 and R15.
    private void rows(int from, int to, int bytes) {
        for (int tap = from; tap < to; tap++) {
            a.emit(VXORPS, sum(tap - from), sum(tap - from), sum(tap - from));
        }
        a.emit(MOV, R14, R12);
        a.emit(MOV, R15, R13);
        a.emit(MOV, R11, RCX);
        Label nextRow = a.here();
        a.push(R14);
        a.push(R15);
        a.emit(MOV, RAX, routine.number(COLUMNS));
        a.align(32);
        Label next = a.here();
        a.emit(VMOVUPS, gradient, Mem.at(R15, bytes));
        for (int tap = from; tap < to; tap++) {
            a.emit(VFMADD231PS, sum(tap - from), gradient, Mem.at(R14, place(tap) + bytes));
        }
        a.emit(ADD, R14, Math.multiplyExact(4, taps.pixelStep()));
        a.emit(ADD, R15, R8);
        a.dec(RAX);
        a.jcc(Condition.NOT_EQUAL, next);
        a.pop(R15);
        a.pop(R14);
        a.emit(ADD, R14, Math.multiplyExact(4, taps.rowStep()));
        a.emit(ADD, R15, R9);
        a.dec(R11);
        a.jcc(Condition.NOT_EQUAL, nextRow);
        for (int tap = from; tap < to; tap++) {
            Mem total = Mem.at(RDX, Math.multiplyExact(4 * tap, taps.channels()) + bytes);
            a.emit(VADDPS, sum(tap - from), sum(tap - from), total);
            a.emit(VMOVUPS_STORE, total, sum(tap - from));
        }
    }
}
