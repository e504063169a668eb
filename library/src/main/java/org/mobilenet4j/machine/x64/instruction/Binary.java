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
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.SCALAR;
import static org.mobilenet4j.machine.x64.instruction.Width.YMM;

/// `dst = f(a, b)`, where b may be memory; multiply-adds, dot products and `vpermt2` also read `dst`.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum Binary implements Instruction {
    // Floats
    VADDPS(both(NP, M0F, 0x58, W0, FULL)),
    VMULPS(both(NP, M0F, 0x59, W0, FULL)),
    VSUBPS(both(NP, M0F, 0x5C, W0, FULL)),
    VMINPS(both(NP, M0F, 0x5D, W0, FULL)),
    VDIVPS(both(NP, M0F, 0x5E, W0, FULL)),
    VMAXPS(both(NP, M0F, 0x5F, W0, FULL)),
    VANDPS(both(NP, M0F, 0x54, W0, FULL)),
    VANDNPS(both(NP, M0F, 0x55, W0, FULL)),
    VORPS(both(NP, M0F, 0x56, W0, FULL)),
    VXORPS(both(NP, M0F, 0x57, W0, FULL)),
    VUNPCKLPS(both(NP, M0F, 0x14, W0, FULL)),
    VUNPCKHPS(both(NP, M0F, 0x15, W0, FULL)),
    VHADDPS(vex(F2, M0F, 0x7C, W0, FULL)),
    VSCALEFPS(evex(P66, M38, 0x2C, W0, FULL)),
    VBLENDMPS(evex(P66, M38, 0x65, W0, FULL)),
    VPERMPS(both(P66, M38, 0x16, W0, FULL).from(YMM)),
    VPERMILPS(both(P66, M38, 0x0C, W0, FULL)),
    VPERMT2PS(evex(P66, M38, 0x7F, W0, FULL)),
    VPERMI2PS(evex(P66, M38, 0x77, W0, FULL)),
    VMASKMOVPS(vex(P66, M38, 0x2C, W0, FULL_MEM)),
    VADDSS(both(F3, M0F, 0x58, W0, SCALAR)),
    VMULSS(both(F3, M0F, 0x59, W0, SCALAR)),
    VSUBSS(both(F3, M0F, 0x5C, W0, SCALAR)),
    VMINSS(both(F3, M0F, 0x5D, W0, SCALAR)),
    VDIVSS(both(F3, M0F, 0x5E, W0, SCALAR)),
    VMAXSS(both(F3, M0F, 0x5F, W0, SCALAR)),
    VSQRTSS(both(F3, M0F, 0x51, W0, SCALAR)),

    // Doubles
    VADDPD(both(P66, M0F, 0x58, W1_EVEX, FULL)),
    VMULPD(both(P66, M0F, 0x59, W1_EVEX, FULL)),
    VSUBPD(both(P66, M0F, 0x5C, W1_EVEX, FULL)),
    VMINPD(both(P66, M0F, 0x5D, W1_EVEX, FULL)),
    VDIVPD(both(P66, M0F, 0x5E, W1_EVEX, FULL)),
    VMAXPD(both(P66, M0F, 0x5F, W1_EVEX, FULL)),
    VADDSD(both(F2, M0F, 0x58, W1_EVEX, SCALAR)),
    VMULSD(both(F2, M0F, 0x59, W1_EVEX, SCALAR)),
    VSUBSD(both(F2, M0F, 0x5C, W1_EVEX, SCALAR)),
    VDIVSD(both(F2, M0F, 0x5E, W1_EVEX, SCALAR)),
    VUNPCKLPD(both(P66, M0F, 0x14, W1_EVEX, FULL)),
    VUNPCKHPD(both(P66, M0F, 0x15, W1_EVEX, FULL)),

    // Multiply-adds
    VFMADD132PS(both(P66, M38, 0x98, W0, FULL)),
    VFMADD213PS(both(P66, M38, 0xA8, W0, FULL)),
    VFMADD231PS(both(P66, M38, 0xB8, W0, FULL)),
    VFMSUB213PS(both(P66, M38, 0xAA, W0, FULL)),
    VFMSUB231PS(both(P66, M38, 0xBA, W0, FULL)),
    VFNMADD213PS(both(P66, M38, 0xAC, W0, FULL)),
    VFNMADD231PS(both(P66, M38, 0xBC, W0, FULL)),
    VFMADD213SS(both(P66, M38, 0xA9, W0, SCALAR)),
    VFMADD231SS(both(P66, M38, 0xB9, W0, SCALAR)),
    VFMADD213PD(both(P66, M38, 0xA8, W1, FULL)),
    VFMADD231PD(both(P66, M38, 0xB8, W1, FULL)),
    VFNMADD231PD(both(P66, M38, 0xBC, W1, FULL)),

    // Bytes and integers of 16 bits
    VPADDB(both(P66, M0F, 0xFC, W0, FULL_MEM)),
    VPADDW(both(P66, M0F, 0xFD, W0, FULL_MEM)),
    VPADDSB(both(P66, M0F, 0xEC, W0, FULL_MEM)),
    VPADDSW(both(P66, M0F, 0xED, W0, FULL_MEM)),
    VPADDUSB(both(P66, M0F, 0xDC, W0, FULL_MEM)),
    VPADDUSW(both(P66, M0F, 0xDD, W0, FULL_MEM)),
    VPSUBB(both(P66, M0F, 0xF8, W0, FULL_MEM)),
    VPSUBW(both(P66, M0F, 0xF9, W0, FULL_MEM)),
    VPSUBSB(both(P66, M0F, 0xE8, W0, FULL_MEM)),
    VPSUBSW(both(P66, M0F, 0xE9, W0, FULL_MEM)),
    VPSUBUSB(both(P66, M0F, 0xD8, W0, FULL_MEM)),
    VPSUBUSW(both(P66, M0F, 0xD9, W0, FULL_MEM)),
    VPAVGB(both(P66, M0F, 0xE0, W0, FULL_MEM)),
    VPSADBW(both(P66, M0F, 0xF6, W0, FULL_MEM)),
    VPMULLW(both(P66, M0F, 0xD5, W0, FULL_MEM)),
    VPMULHW(both(P66, M0F, 0xE5, W0, FULL_MEM)),
    VPMULHUW(both(P66, M0F, 0xE4, W0, FULL_MEM)),
    VPMULHRSW(both(P66, M38, 0x0B, W0, FULL_MEM)),
    VPSIGNB(vex(P66, M38, 0x08, W0, FULL_MEM)),
    VPSIGNW(vex(P66, M38, 0x09, W0, FULL_MEM)),
    VPMADDWD(both(P66, M0F, 0xF5, W0, FULL_MEM)),
    VPMADDUBSW(both(P66, M38, 0x04, W0, FULL_MEM)),
    VPMAXSB(both(P66, M38, 0x3C, W0, FULL_MEM)),
    VPMAXUB(both(P66, M0F, 0xDE, W0, FULL_MEM)),
    VPMAXSW(both(P66, M0F, 0xEE, W0, FULL_MEM)),
    VPMAXUW(both(P66, M38, 0x3E, W0, FULL_MEM)),
    VPMINSB(both(P66, M38, 0x38, W0, FULL_MEM)),
    VPMINUB(both(P66, M0F, 0xDA, W0, FULL_MEM)),
    VPMINSW(both(P66, M0F, 0xEA, W0, FULL_MEM)),
    VPMINUW(both(P66, M38, 0x3A, W0, FULL_MEM)),

    // Integers of 32 and 64 bits
    VPADDD(both(P66, M0F, 0xFE, W0, FULL)),
    VPADDQ(both(P66, M0F, 0xD4, W1_EVEX, FULL)),
    VPSUBD(both(P66, M0F, 0xFA, W0, FULL)),
    VPSUBQ(both(P66, M0F, 0xFB, W1_EVEX, FULL)),
    VPHADDD(vex(P66, M38, 0x02, W0, FULL_MEM)),
    VPSIGND(vex(P66, M38, 0x0A, W0, FULL_MEM)),
    VPMULLD(both(P66, M38, 0x40, W0, FULL)),
    VPMULLQ(evex(P66, M38, 0x40, W1, FULL)),
    VPMULDQ(both(P66, M38, 0x28, W1_EVEX, FULL)),
    VPMULUDQ(both(P66, M0F, 0xF4, W1_EVEX, FULL)),
    VPMAXSD(both(P66, M38, 0x3D, W0, FULL)),
    VPMAXUD(both(P66, M38, 0x3F, W0, FULL)),
    VPMAXSQ(evex(P66, M38, 0x3D, W1, FULL)),
    VPMINSD(both(P66, M38, 0x39, W0, FULL)),
    VPMINUD(both(P66, M38, 0x3B, W0, FULL)),
    VPMINSQ(evex(P66, M38, 0x39, W1, FULL)),
    VPSRLVD(both(P66, M38, 0x45, W0, FULL)),
    VPSRLVQ(both(P66, M38, 0x45, W1, FULL)),
    VPSRAVD(both(P66, M38, 0x46, W0, FULL)),
    VPSRAVQ(evex(P66, M38, 0x46, W1, FULL)),
    VPSLLVD(both(P66, M38, 0x47, W0, FULL)),
    VPSLLVQ(both(P66, M38, 0x47, W1, FULL)),

    // Bit by bit
    VPAND(vex(P66, M0F, 0xDB, W0, FULL_MEM)),
    VPANDN(vex(P66, M0F, 0xDF, W0, FULL_MEM)),
    VPOR(vex(P66, M0F, 0xEB, W0, FULL_MEM)),
    VPXOR(vex(P66, M0F, 0xEF, W0, FULL_MEM)),
    VPANDD(evex(P66, M0F, 0xDB, W0, FULL)),
    VPANDND(evex(P66, M0F, 0xDF, W0, FULL)),
    VPORD(evex(P66, M0F, 0xEB, W0, FULL)),
    VPXORD(evex(P66, M0F, 0xEF, W0, FULL)),
    VPANDQ(evex(P66, M0F, 0xDB, W1, FULL)),
    VPORQ(evex(P66, M0F, 0xEB, W1, FULL)),
    VPXORQ(evex(P66, M0F, 0xEF, W1, FULL)),

    // Comparisons that leave a vector; those that leave a mask are in Compare
    VPCMPEQB(vex(P66, M0F, 0x74, W0, FULL_MEM)),
    VPCMPEQW(vex(P66, M0F, 0x75, W0, FULL_MEM)),
    VPCMPEQD(vex(P66, M0F, 0x76, W0, FULL_MEM)),
    VPCMPGTB(vex(P66, M0F, 0x64, W0, FULL_MEM)),
    VPCMPGTW(vex(P66, M0F, 0x65, W0, FULL_MEM)),
    VPCMPGTD(vex(P66, M0F, 0x66, W0, FULL_MEM)),

    // Packs, interleavings and permutations
    VPACKSSWB(both(P66, M0F, 0x63, W0, FULL_MEM)),
    VPACKUSWB(both(P66, M0F, 0x67, W0, FULL_MEM)),
    VPACKSSDW(both(P66, M0F, 0x6B, W0, FULL)),
    VPACKUSDW(both(P66, M38, 0x2B, W0, FULL)),
    VPUNPCKLBW(both(P66, M0F, 0x60, W0, FULL_MEM)),
    VPUNPCKLWD(both(P66, M0F, 0x61, W0, FULL_MEM)),
    VPUNPCKLDQ(both(P66, M0F, 0x62, W0, FULL)),
    VPUNPCKLQDQ(both(P66, M0F, 0x6C, W1_EVEX, FULL)),
    VPUNPCKHBW(both(P66, M0F, 0x68, W0, FULL_MEM)),
    VPUNPCKHWD(both(P66, M0F, 0x69, W0, FULL_MEM)),
    VPUNPCKHDQ(both(P66, M0F, 0x6A, W0, FULL)),
    VPUNPCKHQDQ(both(P66, M0F, 0x6D, W1_EVEX, FULL)),
    VPSHUFB(both(P66, M38, 0x00, W0, FULL_MEM)),
    VPERMD(both(P66, M38, 0x36, W0, FULL).from(YMM)),
    VPERMW(evex(P66, M38, 0x8D, W1, FULL_MEM)),
    VPERMT2W(evex(P66, M38, 0x7D, W1, FULL_MEM)),
    VPERMT2D(evex(P66, M38, 0x7E, W0, FULL)),
    VPERMT2Q(evex(P66, M38, 0x7E, W1, FULL)),
    VPERMI2W(evex(P66, M38, 0x75, W1, FULL_MEM)),
    VPERMI2D(evex(P66, M38, 0x76, W0, FULL)),
    VPERMI2Q(evex(P66, M38, 0x76, W1, FULL)),
    VPBLENDMB(evex(P66, M38, 0x66, W0, FULL_MEM)),
    VPBLENDMW(evex(P66, M38, 0x66, W1, FULL_MEM)),
    VPBLENDMD(evex(P66, M38, 0x64, W0, FULL)),

    // Dot products: `dst += a . b` by groups of four bytes (a unsigned, b signed) or pairs of 16 bits
    VPDPBUSD(evex(P66, M38, 0x50, W0, FULL)),
    VPDPBUSDS(evex(P66, M38, 0x51, W0, FULL)),
    VPDPWSSD(evex(P66, M38, 0x52, W0, FULL)),
    VPDPWSSDS(evex(P66, M38, 0x53, W0, FULL)),
    VPDPBUSD_AVX(vex(P66, M38, 0x50, W0, FULL)),
    VPDPWSSD_AVX(vex(P66, M38, 0x52, W0, FULL)),
    VDPBF16PS(evex(F3, M38, 0x52, W0, FULL)),
    VCVTNE2PS2BF16(evex(F2, M38, 0x72, W0, FULL));

    private final Encoding encoding;

    Binary(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }
}
