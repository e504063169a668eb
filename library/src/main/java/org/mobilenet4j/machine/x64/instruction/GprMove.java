package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M38;
import static org.mobilenet4j.machine.x64.instruction.Encoding.NP;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.both;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Encoding.vex;

/// Between vectors and general registers.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum GprMove implements Instruction {
    // To a vector
    VMOVD_GPR(both(P66, M0F, 0x6E, W0, Tuple.SCALAR), false),
    VMOVQ_GPR(both(P66, M0F, 0x6E, W1, Tuple.SCALAR), true),
    VPBROADCASTB_GPR(evex(P66, M38, 0x7A, W0, Tuple.FULL_MEM), false),
    VPBROADCASTW_GPR(evex(P66, M38, 0x7B, W0, Tuple.FULL_MEM), false),
    VPBROADCASTD_GPR(evex(P66, M38, 0x7C, W0, Tuple.FULL_MEM), false),
    VPBROADCASTQ_GPR(evex(P66, M38, 0x7C, W1, Tuple.FULL_MEM), true),

    // To a general register
    VMOVD_TO_GPR(both(P66, M0F, 0x7E, W0, Tuple.SCALAR), false),
    VMOVQ_TO_GPR(both(P66, M0F, 0x7E, W1, Tuple.SCALAR), true),
    VMOVMSKPS_TO_GPR(vex(NP, M0F, 0x50, W0, Tuple.FULL_MEM), false),
    VPMOVMSKB_TO_GPR(vex(P66, M0F, 0xD7, W0, Tuple.FULL_MEM), false);

    private final Encoding encoding;
    private final boolean isLong;

    GprMove(Encoding encoding, boolean isLong) {
        this.encoding = encoding;
        this.isLong = isLong;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    /// Whether the general register's 64 bits take part, not the low 32.
    public boolean isLong() {
        return isLong;
    }

    /// Whether the general register is written.
    public boolean isToGpr() {
        return switch (this) {
            case VMOVD_TO_GPR, VMOVQ_TO_GPR, VMOVMSKPS_TO_GPR, VPMOVMSKB_TO_GPR -> true;
            default -> false;
        };
    }

    /// Whether the general register stands where other instructions have a vector's number, not memory's.
    public boolean isGprFirst() {
        return this == VMOVMSKPS_TO_GPR || this == VPMOVMSKB_TO_GPR;
    }
}
