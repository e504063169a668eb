package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKSSDW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKUSWB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDSW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPERMD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINUB;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.Arrays;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Makes bytes of up to four vectors of integers: adds the zero point, clamps, and packs them to one
/// vector.
///
/// @param low       the least result, less the zero point
/// @param high      the greatest
/// @param zero      the zero point
/// @param isNatural whether the vectors follow each other; else each 128 bits of all are in a row
record PackCode(X64Assembler a, int low, int high, int zero, boolean isNatural) {
    private static final int BYTE = 0xFF;

    /// Overwrites the vectors and a spare register; the bytes are in the register that is returned.
    Vector emit(Vector[] values, Vector spare) {
        int vectors = values.length;
        Width width = values[0].width();
        Vector first = values[0];
        Vector second = vectors > 2 ? values[2] : first;
        // All of it saturates: values beyond 16 bits are clamped anyway.
        a.emit(VPACKSSDW, first, first, values[vectors > 1 ? 1 : 0]);
        if (vectors > 2) {
            a.emit(VPACKSSDW, second, second, values[vectors > 3 ? 3 : 2]);
        }
        if (zero != 0) {
            Mem zeros = repeated(zero << Short.SIZE | (zero & 0xFFFF), width);
            a.emit(VPADDSW, first, first, zeros);
            if (vectors > 2) {
                a.emit(VPADDSW, second, second, zeros);
            }
        }
        a.emit(VPACKUSWB, first, first, second);
        if (low + zero > 0) {
            a.emit(VPMAXUB, first, first, bytes(low + zero, width));
        }
        if (high + zero < BYTE) {
            a.emit(VPMINUB, first, first, bytes(high + zero, width));
        }
        if (isNatural && width != Width.XMM) {
            a.emit(VMOVUPS, spare, a.constant(order(width)));
            a.emit(VPERMD, first, spare, first);
        }
        return first;
    }

    /// Packing leaves, in each 128 bits, four bytes of each vector; this puts a vector's together.
    private static int[] order(Width width) {
        int blocks = width.bytes() / Width.XMM.bytes();
        var order = new int[width.floats()];
        for (int i = 0; i < order.length; i++) {
            order[i] = Width.XMM.floats() * (i % blocks) + i / blocks;
        }
        return order;
    }

    private Mem bytes(int value, Width width) {
        return repeated(value * 0x01010101, width);
    }

    private Mem repeated(int value, Width width) {
        var values = new int[width.floats()];
        Arrays.fill(values, value);
        return a.constant(values);
    }
}
