package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.a64.instruction.Structure.LD1;
import static org.mobilenet4j.machine.a64.instruction.Structure.ST1;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_D;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_S;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.STR_D;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.STR_Q;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.STR_S;

import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Register;
import org.mobilenet4j.machine.a64.Vector;

/// Reads and writes vectors of four floats of which only the first ones may be there; X30 is overwritten.
///
/// @param count how many floats: 1 to 4
record Lanes(A64Assembler a, int count) {
    static final int FLOATS = 4, BYTES = 16;

    /// How many vectors so many floats take.
    static int vectors(int floats) {
        return Math.ceilDiv(floats, FLOATS);
    }

    /// Of vector `index` of those that `floats` floats take.
    static Lanes of(A64Assembler a, int floats, int index) {
        return new Lanes(a, Math.min(FLOATS, floats - index * FLOATS));
    }

    boolean isWhole() {
        return count == FLOATS;
    }

    /// The lanes that are there; the others become 0.
    void load(Vector dst, Register base, int offset) {
        a.emit(count == 1 ? LDR_S : count < FLOATS ? LDR_D : LDR_Q, dst, Address.at(base, offset));
        if (count == 3) {
            a.emit(ADD, X30, base, offset + 8);
            a.emit(LD1, dst.lane(2), Address.at(X30));
        }
    }

    /// The lanes that are there; memory keeps the others.
    void store(Vector src, Register base, int offset) {
        a.emit(count == 1 ? STR_S : count < FLOATS ? STR_D : STR_Q, src, Address.at(base, offset));
        if (count == 3) {
            a.emit(ADD, X30, base, offset + 8);
            a.emit(ST1, src.lane(2), Address.at(X30));
        }
    }
}
