package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M3A;
import static org.mobilenet4j.machine.x64.instruction.Encoding.NP;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;

/// `mask = a ? b`, where b may be memory and an immediate byte says which comparison.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum Compare implements Instruction {
    VCMPPS(evex(NP, M0F, 0xC2, W0, FULL)),
    VCMPPD(evex(P66, M0F, 0xC2, W1, FULL)),
    VPCMPD(evex(P66, M3A, 0x1F, W0, FULL)),
    VPCMPUD(evex(P66, M3A, 0x1E, W0, FULL)),
    VPCMPQ(evex(P66, M3A, 0x1F, W1, FULL)),
    VPCMPB(evex(P66, M3A, 0x3F, W0, FULL_MEM)),
    VPCMPUB(evex(P66, M3A, 0x3E, W0, FULL_MEM)),
    VPCMPW(evex(P66, M3A, 0x3F, W1, FULL_MEM)),
    VPCMPUW(evex(P66, M3A, 0x3E, W1, FULL_MEM));

    private final Encoding encoding;

    Compare(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }
}
