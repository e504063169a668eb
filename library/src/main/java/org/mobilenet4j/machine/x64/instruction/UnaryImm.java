package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.F2;
import static org.mobilenet4j.machine.x64.instruction.Encoding.F3;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M3A;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.both;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Encoding.vex;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;
import static org.mobilenet4j.machine.x64.instruction.Width.YMM;

/// `dst = f(src, immediate byte)`, where src may be memory.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum UnaryImm implements Instruction {
    VPERMQ(both(P66, M3A, 0x00, W1, FULL).from(YMM)),
    VPERMPD(both(P66, M3A, 0x01, W1, FULL).from(YMM)),
    VPERMILPS(both(P66, M3A, 0x04, W0, FULL)),
    VPSHUFD(both(P66, M0F, 0x70, W0, FULL)),
    VPSHUFLW(both(F2, M0F, 0x70, W0, FULL_MEM)),
    VPSHUFHW(both(F3, M0F, 0x70, W0, FULL_MEM)),
    VROUNDPS(vex(P66, M3A, 0x08, W0, FULL_MEM)),
    VROUNDPD(vex(P66, M3A, 0x09, W0, FULL_MEM)),
    VRNDSCALEPS(evex(P66, M3A, 0x08, W0, FULL)),
    VRNDSCALEPD(evex(P66, M3A, 0x09, W1, FULL)),
    VREDUCEPS(evex(P66, M3A, 0x56, W0, FULL)),
    VREDUCEPD(evex(P66, M3A, 0x56, W1, FULL)),
    VGETMANTPS(evex(P66, M3A, 0x26, W0, FULL));

    private final Encoding encoding;

    UnaryImm(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }
}
