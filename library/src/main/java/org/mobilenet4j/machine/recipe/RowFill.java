package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Fills floats at RDI: with zeros, or with those at RSI. RAX, R9 and R11 are overwritten.
record RowFill(X64Assembler a, Isa isa, boolean isCopy) {
    /// Vectors that are written out; more of them are a loop.
    private static final int STRAIGHT = 8;

    private static final int VALUE = 0, LANES = 1;

    private Vector value() {
        return Vector.of(VALUE, isa.width());
    }

    /// Writes what comes before the first row.
    void begin() {
        if (!isCopy) {
            a.emit(VXORPS, value(), value(), value());
        }
    }

    /// So many floats, the first of which lies `from` floats behind RDI.
    void emit(int from, int count) {
        int lanes = isa.width().floats();
        int full = count / lanes;
        int done = full * lanes;
        if (full > STRAIGHT) {
            loop(from, full);
        } else {
            for (int i = 0; i < full; i++) {
                vector(Lanes.all(a, isa), Mem.at(RDI, 4 * (from + i * lanes)), Mem.at(RSI, 4 * i * lanes));
            }
        }
        if (done < count) {
            var some = new Lanes(a, isa, count - done, LANES);
            some.prepare();
            vector(some, Mem.at(RDI, 4 * (from + done)), Mem.at(RSI, 4 * done));
        }
    }

    private void loop(int from, int vectors) {
        a.lea(R11, Mem.at(RDI, 4 * from));
        a.emit(MOV, R9, RSI);
        a.mov(RAX, vectors);
        Label again = a.here();
        vector(Lanes.all(a, isa), Mem.at(R11), Mem.at(R9));
        a.emit(ADD, R11, isa.width().bytes());
        a.emit(ADD, R9, isa.width().bytes());
        a.dec(RAX);
        a.jcc(Condition.NOT_EQUAL, again);
    }

    private void vector(Lanes lanes, Mem target, Mem source) {
        if (isCopy) {
            lanes.load(value(), source);
        }
        lanes.store(target, value());
    }
}
