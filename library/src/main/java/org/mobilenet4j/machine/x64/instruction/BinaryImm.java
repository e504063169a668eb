package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M3A;
import static org.mobilenet4j.machine.x64.instruction.Encoding.NP;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.both;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Encoding.vex;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.MEM128;
import static org.mobilenet4j.machine.x64.instruction.Tuple.OCT;
import static org.mobilenet4j.machine.x64.instruction.Tuple.QUAD;
import static org.mobilenet4j.machine.x64.instruction.Tuple.SCALAR;
import static org.mobilenet4j.machine.x64.instruction.Width.YMM;
import static org.mobilenet4j.machine.x64.instruction.Width.ZMM;

/// `dst = f(a, b, immediate byte)`, where b may be memory.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum BinaryImm implements Instruction {
    VSHUFPS(both(NP, M0F, 0xC6, W0, FULL)),
    VBLENDPS(vex(P66, M3A, 0x0C, W0, FULL_MEM)),
    VPBLENDW(vex(P66, M3A, 0x0E, W0, FULL_MEM)),
    VPBLENDD(vex(P66, M3A, 0x02, W0, FULL_MEM)),
    VPALIGNR(both(P66, M3A, 0x0F, W0, FULL_MEM)),
    VALIGND(evex(P66, M3A, 0x03, W0, FULL)),
    VALIGNQ(evex(P66, M3A, 0x03, W1, FULL)),
    VPTERNLOGD(evex(P66, M3A, 0x25, W0, FULL)),
    VPTERNLOGQ(evex(P66, M3A, 0x25, W1, FULL)),
    VRANGEPS(evex(P66, M3A, 0x50, W0, FULL)),
    VRNDSCALESS(evex(P66, M3A, 0x0A, W0, SCALAR)),
    VCMPPS_AVX(vex(NP, M0F, 0xC2, W0, FULL_MEM)),

    // Blocks of 128 and 256 bits
    VPERM2F128(vex(P66, M3A, 0x06, W0, FULL_MEM).from(YMM)),
    VPERM2I128(vex(P66, M3A, 0x46, W0, FULL_MEM).from(YMM)),
    VSHUFF32X4(evex(P66, M3A, 0x23, W0, FULL).from(YMM)),
    VSHUFI32X4(evex(P66, M3A, 0x43, W0, FULL).from(YMM)),
    VINSERTF128(vex(P66, M3A, 0x18, W0, MEM128).from(YMM)),
    VINSERTI128(vex(P66, M3A, 0x38, W0, MEM128).from(YMM)),
    VINSERTF32X4(evex(P66, M3A, 0x18, W0, QUAD).from(YMM)),
    VINSERTI32X4(evex(P66, M3A, 0x38, W0, QUAD).from(YMM)),
    VINSERTF32X8(evex(P66, M3A, 0x1A, W0, OCT).from(ZMM)),
    VINSERTI32X8(evex(P66, M3A, 0x3A, W0, OCT).from(ZMM)),
    VINSERTF64X4(evex(P66, M3A, 0x1A, W1, QUAD).from(ZMM)),
    VINSERTI64X4(evex(P66, M3A, 0x3A, W1, QUAD).from(ZMM));

    private final Encoding encoding;

    BinaryImm(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }
}
