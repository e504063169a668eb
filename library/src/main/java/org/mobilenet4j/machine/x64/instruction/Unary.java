package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.F2;
import static org.mobilenet4j.machine.x64.instruction.Encoding.F3;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M38;
import static org.mobilenet4j.machine.x64.instruction.Encoding.NP;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1_EVEX;
import static org.mobilenet4j.machine.x64.instruction.Encoding.both;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Encoding.vex;
import static org.mobilenet4j.machine.x64.instruction.Tuple.EIGHTH_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.HALF;
import static org.mobilenet4j.machine.x64.instruction.Tuple.HALF_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.MEM128;
import static org.mobilenet4j.machine.x64.instruction.Tuple.OCT;
import static org.mobilenet4j.machine.x64.instruction.Tuple.PAIR;
import static org.mobilenet4j.machine.x64.instruction.Tuple.QUAD;
import static org.mobilenet4j.machine.x64.instruction.Tuple.QUARTER_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.SCALAR;
import static org.mobilenet4j.machine.x64.instruction.Tuple.SCALAR16;
import static org.mobilenet4j.machine.x64.instruction.Tuple.SCALAR8;
import static org.mobilenet4j.machine.x64.instruction.Width.YMM;
import static org.mobilenet4j.machine.x64.instruction.Width.ZMM;

/// `dst = f(src)`, where src may be memory: loads, broadcasts, conversions.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum Unary implements Instruction {
    // Loads and copies
    VMOVUPS(both(NP, M0F, 0x10, W0, FULL_MEM)),
    VMOVAPS(both(NP, M0F, 0x28, W0, FULL_MEM)),
    VMOVUPD(both(P66, M0F, 0x10, W1_EVEX, FULL_MEM)),
    VMOVDQU(vex(F3, M0F, 0x6F, W0, FULL_MEM)),
    VMOVDQA(vex(P66, M0F, 0x6F, W0, FULL_MEM)),
    VMOVDQU8(evex(F2, M0F, 0x6F, W0, FULL_MEM)),
    VMOVDQU16(evex(F2, M0F, 0x6F, W1, FULL_MEM)),
    VMOVDQU32(evex(F3, M0F, 0x6F, W0, FULL_MEM)),
    VMOVDQU64(evex(F3, M0F, 0x6F, W1, FULL_MEM)),
    VMOVDQA32(evex(P66, M0F, 0x6F, W0, FULL_MEM)),
    VMOVQ(both(F3, M0F, 0x7E, W1_EVEX, SCALAR)),
    VMOVSHDUP(both(F3, M0F, 0x16, W0, FULL_MEM)),
    VMOVSLDUP(both(F3, M0F, 0x12, W0, FULL_MEM)),

    // From memory only
    VMOVSS(both(F3, M0F, 0x10, W0, SCALAR)),
    VMOVSD(both(F2, M0F, 0x10, W1_EVEX, SCALAR)),
    VBROADCASTF128(vex(P66, M38, 0x1A, W0, MEM128).from(YMM)),
    VBROADCASTI128(vex(P66, M38, 0x5A, W0, MEM128).from(YMM)),
    VBROADCASTF32X4(evex(P66, M38, 0x1A, W0, QUAD).from(YMM)),
    VBROADCASTI32X4(evex(P66, M38, 0x5A, W0, QUAD).from(YMM)),
    VBROADCASTI64X2(evex(P66, M38, 0x5A, W1, PAIR).from(YMM)),
    VBROADCASTF32X8(evex(P66, M38, 0x1B, W0, OCT).from(ZMM)),
    VBROADCASTI32X8(evex(P66, M38, 0x5B, W0, OCT).from(ZMM)),
    VBROADCASTF64X4(evex(P66, M38, 0x1B, W1, QUAD).from(ZMM)),

    // One element for all lanes
    VBROADCASTSS(both(P66, M38, 0x18, W0, SCALAR)),
    VBROADCASTSD(both(P66, M38, 0x19, W1_EVEX, SCALAR).from(YMM)),
    VPBROADCASTB(both(P66, M38, 0x78, W0, SCALAR8)),
    VPBROADCASTW(both(P66, M38, 0x79, W0, SCALAR16)),
    VPBROADCASTD(both(P66, M38, 0x58, W0, SCALAR)),
    VPBROADCASTQ(both(P66, M38, 0x59, W1_EVEX, SCALAR)),
    VBROADCASTI32X2(evex(P66, M38, 0x59, W0, PAIR)),

    // Integers made wider
    VPMOVSXBW(both(P66, M38, 0x20, W0, HALF_MEM)),
    VPMOVSXBD(both(P66, M38, 0x21, W0, QUARTER_MEM)),
    VPMOVSXBQ(both(P66, M38, 0x22, W0, EIGHTH_MEM)),
    VPMOVSXWD(both(P66, M38, 0x23, W0, HALF_MEM)),
    VPMOVSXDQ(both(P66, M38, 0x25, W0, HALF_MEM)),
    VPMOVZXBW(both(P66, M38, 0x30, W0, HALF_MEM)),
    VPMOVZXBD(both(P66, M38, 0x31, W0, QUARTER_MEM)),
    VPMOVZXBQ(both(P66, M38, 0x32, W0, EIGHTH_MEM)),
    VPMOVZXWD(both(P66, M38, 0x33, W0, HALF_MEM)),
    VPMOVZXDQ(both(P66, M38, 0x35, W0, HALF_MEM)),

    // Conversions
    VCVTDQ2PS(both(NP, M0F, 0x5B, W0, FULL)),
    VCVTPS2DQ(both(P66, M0F, 0x5B, W0, FULL)),
    VCVTTPS2DQ(both(F3, M0F, 0x5B, W0, FULL)),
    VCVTUDQ2PS(evex(F2, M0F, 0x7A, W0, FULL)),
    VCVTPS2UDQ(evex(NP, M0F, 0x79, W0, FULL)),
    VCVTPS2PD(both(NP, M0F, 0x5A, W0, HALF)),
    VCVTDQ2PD(both(F3, M0F, 0xE6, W0, HALF)),
    VCVTPD2PS(both(P66, M0F, 0x5A, W1_EVEX, FULL).narrowing()),
    VCVTPD2DQ(both(F2, M0F, 0xE6, W1_EVEX, FULL).narrowing()),
    VCVTTPD2DQ(both(P66, M0F, 0xE6, W1_EVEX, FULL).narrowing()),
    VCVTPD2QQ(evex(P66, M0F, 0x7B, W1, FULL)),
    VCVTTPD2QQ(evex(P66, M0F, 0x7A, W1, FULL)),
    VCVTQQ2PD(evex(F3, M0F, 0xE6, W1, FULL)),
    VCVTQQ2PS(evex(NP, M0F, 0x5B, W1, FULL).narrowing()),
    VCVTPH2PS(both(P66, M38, 0x13, W0, HALF_MEM)),
    VCVTNEPS2BF16(evex(F3, M38, 0x72, W0, FULL).narrowing()),

    // Functions
    VSQRTPS(both(NP, M0F, 0x51, W0, FULL)),
    VSQRTPD(both(P66, M0F, 0x51, W1_EVEX, FULL)),
    VRSQRTPS(vex(NP, M0F, 0x52, W0, FULL)),
    VRCPPS(vex(NP, M0F, 0x53, W0, FULL)),
    VRSQRT14PS(evex(P66, M38, 0x4E, W0, FULL)),
    VRCP14PS(evex(P66, M38, 0x4C, W0, FULL)),
    VGETEXPPS(evex(P66, M38, 0x42, W0, FULL)),
    VPABSB(both(P66, M38, 0x1C, W0, FULL_MEM)),
    VPABSW(both(P66, M38, 0x1D, W0, FULL_MEM)),
    VPABSD(both(P66, M38, 0x1E, W0, FULL)),

    // These set the flags
    VUCOMISS(both(NP, M0F, 0x2E, W0, SCALAR)),
    VPTEST(vex(P66, M38, 0x17, W0, FULL_MEM));

    private final Encoding encoding;

    Unary(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    /// Whether its source is memory, never a register.
    public boolean isLoad() {
        return switch (this) {
            case VMOVSS,
                    VMOVSD,
                    VBROADCASTF128,
                    VBROADCASTI128,
                    VBROADCASTF32X4,
                    VBROADCASTI32X4,
                    VBROADCASTI64X2,
                    VBROADCASTF32X8,
                    VBROADCASTI32X8,
                    VBROADCASTF64X4 -> true;
            default -> false;
        };
    }
}
