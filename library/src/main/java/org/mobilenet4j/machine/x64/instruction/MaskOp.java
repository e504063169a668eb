package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.NP;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.vex;

/// Masks made of masks: `dst = f(a, b)`, and with two operands `dst = not a` and tests that set the flags.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum MaskOp implements Instruction {
    KANDW(NP, 0x41, W0, 3),
    KANDD(P66, 0x41, W1, 3),
    KANDQ(NP, 0x41, W1, 3),
    KANDNW(NP, 0x42, W0, 3),
    KORW(NP, 0x45, W0, 3),
    KORD(P66, 0x45, W1, 3),
    KORQ(NP, 0x45, W1, 3),
    KXNORW(NP, 0x46, W0, 3),
    KXNORQ(NP, 0x46, W1, 3),
    KXORW(NP, 0x47, W0, 3),
    KXORQ(NP, 0x47, W1, 3),
    KUNPCKBW(P66, 0x4B, W0, 3),
    KNOTW(NP, 0x44, W0, 2),
    KNOTQ(NP, 0x44, W1, 2),
    KORTESTB(P66, 0x98, W0, 2),
    KORTESTW(NP, 0x98, W0, 2),
    KORTESTD(P66, 0x98, W1, 2),
    KORTESTQ(NP, 0x98, W1, 2),
    KTESTW(NP, 0x99, W0, 2);

    private final Encoding encoding;
    private final int operands;

    MaskOp(int prefix, int opcode, int w, int operands) {
        this.encoding = vex(prefix, M0F, opcode, w, Tuple.FULL_MEM);
        this.operands = operands;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    /// 2 or 3.
    public int operands() {
        return operands;
    }
}
