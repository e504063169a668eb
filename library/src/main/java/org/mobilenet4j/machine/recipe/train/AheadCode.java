package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Asks for what comes after a product, from two places on, some cache lines with each tile. Numbers 1 and 2 of the
/// routine are the lines a tile. What lies behind the end may be asked for too, which does nothing.
record AheadCode(X64Assembler a, ArrayRoutine routine) {
    /// Bytes of the stack, from the beginning.
    static final int LOCALS = 16;

    private static final int LINE = 64;

    /// Keeps the two places.
    void begin(Gpr first, Gpr second) {
        a.store(routine.local(0), first, 8);
        a.store(routine.local(8), second, 8);
    }

    /// One tile's; RAX and R10 are overwritten.
    void emit() {
        for (int i = 0; i < 2; i++) {
            Mem place = routine.local(8 * i);
            Label end = a.label();
            a.emit(MOV, RAX, routine.number(1 + i));
            a.emit(CMP, RAX, 0);
            a.jcc(Condition.EQUAL, end);
            a.emit(MOV, R10, place);
            Label again = a.here();
            a.prefetcht1(Mem.at(R10));
            a.emit(ADD, R10, LINE);
            a.dec(RAX);
            a.jcc(Condition.NOT_EQUAL, again);
            a.store(place, R10, 8);
            a.bind(end);
        }
    }
}
