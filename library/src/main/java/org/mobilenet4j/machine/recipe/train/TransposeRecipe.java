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
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VUNPCKHPD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VUNPCKHPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VUNPCKLPD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VUNPCKLPS;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VSHUFF32X4;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.List;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Transposes [#LANES] rows of floats, for AVX-512. Its routine takes the arrays `(in, out)`, the bytes from one row to
/// the next in each, the floats of a row of `in`, at least [#LANES], and the bytes by which `out` goes back for the
/// last block, as [#back] has them.
public final class TransposeRecipe {
    /// Rows, and floats of a row that are read at once.
    public static final int LANES = 16;

    private static final List<Gpr> ROWS = List.of(RDI, R12, R13, R14);
    private static final List<Gpr> COLUMNS = List.of(RSI, R15, RBX, RCX);

    private final X64Assembler a;

    private TransposeRecipe(X64Assembler assembler) {
        this.a = assembler;
    }

    /// Rows of `out` that a last block, which is a whole one, computes again.
    public static int back(int floats) {
        return Math.floorMod(-floats, LANES);
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, 2, 8);
        a.emit(MOV, RAX, routine.number(2));
        a.store(routine.local(0), RAX, 8);
        a.emit(MOV, R8, routine.number(0));
        a.emit(MOV, R9, routine.number(1));
        a.lea(R10, Mem.at(R8, R8, 2, 0));
        a.lea(R11, Mem.at(R9, R9, 2, 0));
        Label again = a.here();
        new TransposeRecipe(a).block();
        Mem left = routine.local(0);
        a.emit(ADD, RDI, LANES * Float.BYTES);
        a.lea(RSI, Mem.at(RSI, R9, 8, 0));
        a.lea(RSI, Mem.at(RSI, R9, 8, 0));
        a.emit(SUB, left, LANES);
        a.emit(CMP, left, LANES);
        a.jcc(Condition.GREATER_EQUAL, again);
        Label end = a.label();
        a.emit(MOV, RAX, left);
        a.emit(CMP, RAX, 0);
        a.jcc(Condition.LESS_EQUAL, end);
        // Back by what is missing.
        a.emit(SUB, RAX, LANES);
        a.lea(RDI, Mem.at(RDI, RAX, Float.BYTES, 0));
        a.emit(SUB, RSI, routine.number(3));
        a.mov(RAX, LANES);
        a.store(left, RAX, 8);
        a.jmp(again);
        a.bind(end);
        routine.end();
    }

    private void block() {
        quarters(ROWS, R8);
        quarters(COLUMNS, R9);
        for (int row = 0; row < LANES; row++) {
            a.emit(VMOVUPS, zmm(row), place(ROWS, row, R8, R10));
        }
        for (int row = 0; row < LANES; row += 2) {
            a.emit(VUNPCKLPS, zmm(LANES + row), zmm(row), zmm(row + 1));
            a.emit(VUNPCKHPS, zmm(LANES + row + 1), zmm(row), zmm(row + 1));
        }
        for (int row = 0; row < LANES; row += 4) {
            for (int half = 0; half < 2; half++) {
                Vector first = zmm(LANES + row + half);
                Vector second = zmm(LANES + row + 2 + half);
                a.emit(VUNPCKLPD, zmm(row + 2 * half), first, second);
                a.emit(VUNPCKHPD, zmm(row + 2 * half + 1), first, second);
            }
        }
        for (int column = 0; column < 4; column++) {
            Vector[] pairs = {zmm(16), zmm(17), zmm(18), zmm(19)};
            for (int half = 0; half < 2; half++) {
                int which = half == 0 ? 0x44 : 0xEE;
                a.emit(VSHUFF32X4, pairs[2 * half], zmm(column), zmm(4 + column), which);
                a.emit(VSHUFF32X4, pairs[2 * half + 1], zmm(8 + column), zmm(12 + column), which);
            }
            for (int lane = 0; lane < 4; lane++) {
                int which = lane % 2 == 0 ? 0x88 : 0xDD;
                Vector whole = zmm(20 + lane);
                a.emit(VSHUFF32X4, whole, pairs[lane / 2 * 2], pairs[lane / 2 * 2 + 1], which);
                a.emit(VMOVUPS_STORE, place(COLUMNS, 4 * lane + column, R9, R11), whole);
            }
        }
    }

    /// Points at rows 4, 8 and 12.
    private void quarters(List<Gpr> places, Gpr stride) {
        for (int i = 1; i < 4; i++) {
            a.lea(places.get(i), Mem.at(places.get(i - 1), stride, 4, 0));
        }
    }

    private static Mem place(List<Gpr> places, int row, Gpr stride, Gpr threeStrides) {
        Gpr base = places.get(row / 4);
        return switch (row % 4) {
            case 0 -> Mem.at(base);
            case 1 -> Mem.at(base, stride, 1, 0);
            case 2 -> Mem.at(base, stride, 2, 0);
            default -> Mem.at(base, threeStrides, 1, 0);
        };
    }

    private static Vector zmm(int number) {
        return Vector.zmm(number);
    }
}
