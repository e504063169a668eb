package org.mobilenet4j.machine;

import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.X2;
import static org.mobilenet4j.machine.a64.Register.X3;
import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.a64.instruction.Alu.BIC;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.a64.instruction.Data.LSL_BY;

import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.code.Code;

/// Makes an AArch64 processor see code that was written: its caches for data and for instructions know nothing of each
/// other. The routine takes `(from, to)`, two addresses.
final class CacheSync {
    static final String NAME = "sync";

    /// Where the processor says how long lines are, as powers of two of 4 bytes.
    private static final int DATA_LINE = 16, INSTRUCTION_LINE = 0, LINE_BITS = 4;

    private CacheSync() {}

    static Code code() {
        var a = new A64Assembler();
        a.entry(NAME);
        lines(a, DATA_LINE);
        a.dataBarrier();
        lines(a, INSTRUCTION_LINE);
        a.dataBarrier();
        a.instructionBarrier();
        a.ret();
        return a.finish();
    }

    private static void lines(A64Assembler a, int kind) {
        a.cacheType(X2);
        a.ubfx(X2, X2, kind, LINE_BITS);
        a.mov(X3, 4);
        a.emit(LSL_BY, X2, X3, X2);
        a.emit(SUB, X3, X2, 1);
        a.emit(BIC, X4, X0, X3);
        Label next = a.here();
        if (kind == DATA_LINE) {
            a.cleanData(X4);
        } else {
            a.forgetInstructions(X4);
        }
        a.emit(ADD, X4, X4, X2);
        a.cmp(X4, X1);
        a.b(Condition.LO, next);
    }
}
