package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;

import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Element;
import org.mobilenet4j.machine.a64.Register;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.a64.instruction.Size;
import org.mobilenet4j.machine.a64.instruction.Structure;
import org.mobilenet4j.machine.a64.instruction.VectorMemory;

/// Reads and writes the first bytes of a vector: pieces of 8, 4, 2 and 1 bytes, as many as are there. X30 is
/// overwritten.
///
/// @param count how many bytes: 1 to 16
record ByteLanes(A64Assembler a, int count) {
    /// They; the others become 0.
    void load(Vector dst, Register base) {
        int first = first();
        a.emit(
                switch (first) {
                    case 1 -> VectorMemory.LDR_B;
                    case 2 -> VectorMemory.LDR_H;
                    case 4 -> VectorMemory.LDR_S;
                    case 8 -> VectorMemory.LDR_D;
                    default -> VectorMemory.LDR_Q;
                },
                dst,
                Address.at(base));
        rest(Structure.LD1, dst, base, first);
    }

    /// They; memory keeps the others.
    void store(Vector src, Register base) {
        int first = first();
        a.emit(
                switch (first) {
                    case 1 -> VectorMemory.STR_B;
                    case 2 -> VectorMemory.STR_H;
                    case 4 -> VectorMemory.STR_S;
                    case 8 -> VectorMemory.STR_D;
                    default -> VectorMemory.STR_Q;
                },
                src,
                Address.at(base));
        rest(Structure.ST1, src, base, first);
    }

    private int first() {
        return Integer.highestOneBit(count);
    }

    private void rest(Structure row, Vector register, Register base, int from) {
        int at = from;
        for (Size size : new Size[] {Size.S, Size.H, Size.B}) {
            if (size.bytes() < from && (count & size.bytes()) != 0) {
                piece(row, new Element(register.number(), size, at / size.bytes()), base, at);
                at += size.bytes();
            }
        }
    }

    private void piece(Structure row, Element lane, Register base, int at) {
        a.emit(ADD, X30, base, at);
        a.emit(row, lane, Address.at(X30));
    }
}
