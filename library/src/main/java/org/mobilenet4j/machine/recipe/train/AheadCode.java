package org.mobilenet4j.machine.recipe.train;

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

/// Asks for what comes after a routine's work ([org.mobilenet4j.kernel.training.Ahead]), some cache lines with each
/// part of it:
/// four arrays behind the routine's own, in two groups, and the lines a part of each group, which are two numbers
/// behind the routine's own. What lies behind the end may be asked for too, which does nothing.
///
/// @param arrays  the routine's own
/// @param numbers the routine's own
record AheadCode(X64Assembler a, ArrayRoutine routine, int arrays, int numbers) {
    /// Arrays that it adds to a routine's own.
    static final int ARRAYS = 4;

    /// Bytes of the stack, from the beginning.
    static final int LOCALS = 8 * ARRAYS;

    private static final int LINE = 64;

    /// Keeps the places; first of all, while they are in registers.
    void begin() {
        for (int i = 0; i < ARRAYS; i++) {
            a.store(routine.local(8 * i), ArrayRoutine.ARRAYS.get(arrays + i), 8);
        }
    }

    /// One part's; RAX and the two other registers are overwritten.
    void emit(Gpr first, Gpr second) {
        for (int group = 0; group < 2; group++) {
            Mem firstPlace = routine.local(16 * group);
            Mem secondPlace = routine.local(16 * group + 8);
            Label end = a.label();
            a.emit(MOV, RAX, routine.number(numbers + group));
            a.emit(CMP, RAX, 0);
            a.jcc(Condition.EQUAL, end);
            a.emit(MOV, first, firstPlace);
            a.emit(MOV, second, secondPlace);
            Label again = a.here();
            a.prefetcht1(Mem.at(first));
            a.prefetcht1(Mem.at(second));
            a.emit(ADD, first, LINE);
            a.emit(ADD, second, LINE);
            a.dec(RAX);
            a.jcc(Condition.NOT_EQUAL, again);
            a.store(firstPlace, first, 8);
            a.store(secondPlace, second, 8);
            a.bind(end);
        }
    }
}
