package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;

import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Memory that is fetched into the second cache while a loop computes, so that it is there when its turn comes: a
/// product's loop uses few of the places for loads. The loop's counter RAX goes from -4 times its rounds up to 0.
///
/// @param pointer where that memory begins; moves on with each loop
/// @param bytes   to fetch in a loop, as far as its rounds can
/// @param rounds  of the loop
record Ahead(X64Assembler a, Gpr pointer, int bytes, int rounds) {
    /// The most that the counter is multiplied with in an address.
    private static final int MOST_SCALE = 8;

    /// Lines a round, beyond which the loop would take longer.
    private static final int MOST_LINES = 4;

    Ahead {
        bytes = Math.min(bytes, 4 * MOST_SCALE * MOST_LINES * rounds);
    }

    /// Writes what belongs into the loop. The same line may be asked for in several rounds.
    void fetch() {
        int lines = Math.ceilDiv(bytes, 4 * MOST_SCALE * rounds);
        int scale = MOST_SCALE;
        while (scale > 1 && 4L * scale / 2 * lines * rounds >= bytes) {
            scale /= 2;
        }
        for (int line = 0; line < lines; line++) {
            a.prefetcht1(Mem.at(pointer, RAX, scale, Math.multiplyExact(4 * scale * rounds, line + 1)));
        }
    }

    /// Writes what comes behind the loop.
    void advance() {
        a.emit(ADD, pointer, bytes);
    }
}
