package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1_EVEX;
import static org.mobilenet4j.machine.x64.instruction.Encoding.both;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.MEM128;

/// Shifts of all lanes by the same number of bits: an immediate byte, or the low 64 bits of a register or of
/// memory.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum Shift implements Instruction {
    VPSRLW(both(P66, M0F, 0xD1, W0, MEM128), 0x71, 2, FULL_MEM),
    VPSRAW(both(P66, M0F, 0xE1, W0, MEM128), 0x71, 4, FULL_MEM),
    VPSLLW(both(P66, M0F, 0xF1, W0, MEM128), 0x71, 6, FULL_MEM),
    VPSRLD(both(P66, M0F, 0xD2, W0, MEM128), 0x72, 2, FULL),
    VPSRAD(both(P66, M0F, 0xE2, W0, MEM128), 0x72, 4, FULL),
    VPSLLD(both(P66, M0F, 0xF2, W0, MEM128), 0x72, 6, FULL),
    VPSRLQ(both(P66, M0F, 0xD3, W1_EVEX, MEM128), 0x73, 2, FULL),
    VPSRAQ(evex(P66, M0F, 0xE2, W1, MEM128), 0x72, 4, FULL),
    VPSLLQ(both(P66, M0F, 0xF3, W1_EVEX, MEM128), 0x73, 6, FULL);

    private final Encoding encoding;
    private final Encoding immediate;
    private final int digit;

    Shift(Encoding encoding, int opcode, int digit, Tuple tuple) {
        this.encoding = encoding;
        this.immediate = encoding.withOpcode(opcode, tuple);
        this.digit = digit;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    /// With an immediate byte.
    public Encoding immediate() {
        return immediate;
    }

    /// What takes a register's place in that encoding.
    public int digit() {
        return digit;
    }
}
