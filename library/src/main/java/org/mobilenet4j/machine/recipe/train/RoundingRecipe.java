package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.AND;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VCVTNE2PS2BF16;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPERMW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPXORD;
import static org.mobilenet4j.machine.x64.instruction.BitShift.SHL;
import static org.mobilenet4j.machine.x64.instruction.BitShift.SHR;
import static org.mobilenet4j.machine.x64.instruction.MaskMove.KMOVW;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Rounds rows of floats to bfloat16, as the factors of [Factors#BFLOAT16_PAIR], for processors that have AVX-512 with
/// bfloat16: to nearest, ties to even; values below the least normal float become zero. Its routine takes the arrays
/// `(in, out)`, how many rows there are and floats in each, both at least one, and the bytes from one row to the next
/// of `in` and of `out`. Whole vectors are written, with zeros behind a row's last pair.
public final class RoundingRecipe {
    private static final int LANES = 16;
    private static final int VECTOR = 64;
    private static final Vector FIRST = Vector.zmm(0);
    private static final Vector SECOND = Vector.zmm(1);
    private static final Vector PAIRS = Vector.zmm(2);
    private static final Vector ORDER = Vector.zmm(3);
    private static final Vector ZERO = Vector.zmm(4);

    private final X64Assembler a;

    private RoundingRecipe(X64Assembler assembler) {
        this.a = assembler;
    }

    /// Which values make a pair.
    public enum Pairing {
        /// Neighbors in a row; an odd row's last one goes with zero. A row of n floats becomes one of (n + 1) / 2.
        NEIGHBORS,
        /// Those of two rows at the same place, the last of an odd number with zero. Two rows of n floats become one.
        ROWS
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, Pairing pairing) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, 2, 0);
        a.emit(MOV, RDX, routine.number(0));
        a.emit(MOV, R9, routine.number(1));
        a.emit(MOV, R8, routine.number(2));
        a.emit(MOV, R11, routine.number(3));
        a.emit(VMOVUPS, ORDER, a.constant(order(pairing)));
        var recipe = new RoundingRecipe(a);
        switch (pairing) {
            case NEIGHBORS -> recipe.neighbors();
            case ROWS -> recipe.rows();
        }
        routine.end();
    }

    /// Which of the words come first; the conversion leaves those of the second operand in the lower half.
    private static byte[] order(Pairing pairing) {
        var order = new byte[VECTOR];
        for (int lane = 0; lane < LANES; lane++) {
            boolean areRows = pairing == Pairing.ROWS;
            order[4 * lane] = (byte) (areRows ? lane : 2 * lane + 1);
            order[4 * lane + 2] = (byte) (areRows ? LANES + lane : 2 * lane);
        }
        return order;
    }

    private void neighbors() {
        // What is left behind whole pairs of vectors: floats of the first and of the second.
        a.emit(MOV, R10, R9);
        a.emit(AND, R10, 2 * LANES - 1);
        mask();
        a.emit(KMOVW, Mask.K1, RAX);
        a.emit(SHR, RAX, LANES);
        a.emit(KMOVW, Mask.K2, RAX);
        Label nextRow = a.here();
        beginRow();
        Label last = a.label();
        Label end = a.label();
        a.emit(SUB, R10, 2 * LANES);
        a.jcc(Condition.LESS, last);
        Label next = a.here();
        a.emit(VMOVUPS, FIRST, Mem.at(R12));
        a.emit(VMOVUPS, SECOND, Mem.at(R12, VECTOR));
        round(SECOND, FIRST);
        a.emit(ADD, R12, 2 * VECTOR);
        a.emit(ADD, R13, VECTOR);
        a.emit(SUB, R10, 2 * LANES);
        a.jcc(Condition.GREATER_EQUAL, next);
        a.bind(last);
        a.emit(CMP, R10, -2 * LANES);
        a.jcc(Condition.EQUAL, end);
        a.emit(VMOVUPS, FIRST.orZero(Mask.K1), Mem.at(R12));
        a.emit(VMOVUPS, SECOND.orZero(Mask.K2), Mem.at(R12, VECTOR));
        round(SECOND, FIRST);
        a.bind(end);
        a.emit(ADD, RDI, R8);
        a.emit(ADD, RSI, R11);
        a.dec(RDX);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }

    private void rows() {
        a.emit(MOV, R10, R9);
        a.emit(AND, R10, LANES - 1);
        mask();
        a.emit(KMOVW, Mask.K1, RAX);
        a.emit(VPXORD, ZERO, ZERO, ZERO);
        Label single = a.label();
        Label end = a.label();
        Label next = a.here();
        a.emit(CMP, RDX, 1);
        a.jcc(Condition.EQUAL, single);
        twoRows(false);
        a.lea(RDI, Mem.at(RDI, R8, 2, 0));
        a.emit(ADD, RSI, R11);
        a.emit(SUB, RDX, 2);
        a.jcc(Condition.NOT_EQUAL, next);
        a.jmp(end);
        a.bind(single);
        twoRows(true);
        a.bind(end);
    }

    private void twoRows(boolean isSingle) {
        beginRow();
        Label last = a.label();
        Label end = a.label();
        Mem below = Mem.at(R12, R8, 1, 0);
        a.emit(SUB, R10, LANES);
        a.jcc(Condition.LESS, last);
        Label next = a.here();
        a.emit(VMOVUPS, FIRST, Mem.at(R12));
        if (!isSingle) {
            a.emit(VMOVUPS, SECOND, below);
        }
        round(FIRST, isSingle ? ZERO : SECOND);
        a.emit(ADD, R12, VECTOR);
        a.emit(ADD, R13, VECTOR);
        a.emit(SUB, R10, LANES);
        a.jcc(Condition.GREATER_EQUAL, next);
        a.bind(last);
        a.emit(CMP, R10, -LANES);
        a.jcc(Condition.EQUAL, end);
        a.emit(VMOVUPS, FIRST.orZero(Mask.K1), Mem.at(R12));
        if (!isSingle) {
            a.emit(VMOVUPS, SECOND.orZero(Mask.K1), below);
        }
        round(FIRST, isSingle ? ZERO : SECOND);
        a.bind(end);
    }

    private void beginRow() {
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RSI);
        a.emit(MOV, R10, R9);
    }

    /// Rounds two vectors and writes their pairs in order.
    private void round(Vector high, Vector low) {
        a.emit(VCVTNE2PS2BF16, PAIRS, high, low);
        a.emit(VPERMW, PAIRS, ORDER, PAIRS);
        a.emit(VMOVUPS_STORE, Mem.at(R13), PAIRS);
    }

    /// To RAX, as many ones as R10 says, up to 31.
    private void mask() {
        a.emit(MOV, RCX, R10);
        a.mov(RAX, 1);
        a.emit(SHL, RAX);
        a.dec(RAX);
    }
}
