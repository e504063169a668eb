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
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.HALF_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.QUARTER_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.SCALAR;

/// What is written to memory, or, where it becomes narrower, to a register.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum Store implements Instruction {
    VMOVUPS_STORE(both(NP, M0F, 0x11, W0, FULL_MEM)),
    VMOVAPS_STORE(both(NP, M0F, 0x29, W0, FULL_MEM)),
    VMOVUPD_STORE(both(P66, M0F, 0x11, W1_EVEX, FULL_MEM)),
    VMOVDQU_STORE(vex(F3, M0F, 0x7F, W0, FULL_MEM)),
    VMOVDQA_STORE(vex(P66, M0F, 0x7F, W0, FULL_MEM)),
    VMOVDQU8_STORE(evex(F2, M0F, 0x7F, W0, FULL_MEM)),
    VMOVDQU16_STORE(evex(F2, M0F, 0x7F, W1, FULL_MEM)),
    VMOVDQU32_STORE(evex(F3, M0F, 0x7F, W0, FULL_MEM)),
    VMOVDQU64_STORE(evex(F3, M0F, 0x7F, W1, FULL_MEM)),
    VMOVDQA32_STORE(evex(P66, M0F, 0x7F, W0, FULL_MEM)),
    VMOVQ_STORE(both(P66, M0F, 0xD6, W1_EVEX, SCALAR)),

    // To memory only
    VMOVSS_STORE(both(F3, M0F, 0x11, W0, SCALAR)),
    VMOVSD_STORE(both(F2, M0F, 0x11, W1_EVEX, SCALAR)),
    VMOVNTPS_STORE(both(NP, M0F, 0x2B, W0, FULL_MEM)),
    VMOVNTDQ_STORE(both(P66, M0F, 0xE7, W0, FULL_MEM)),

    // Integers made narrower: the low bits, or the nearest signed or unsigned value
    VPMOVDB(evex(F3, M38, 0x31, W0, QUARTER_MEM)),
    VPMOVSDB(evex(F3, M38, 0x21, W0, QUARTER_MEM)),
    VPMOVUSDB(evex(F3, M38, 0x11, W0, QUARTER_MEM)),
    VPMOVDW(evex(F3, M38, 0x33, W0, HALF_MEM)),
    VPMOVSDW(evex(F3, M38, 0x23, W0, HALF_MEM)),
    VPMOVUSDW(evex(F3, M38, 0x13, W0, HALF_MEM)),
    VPMOVWB(evex(F3, M38, 0x30, W0, HALF_MEM)),
    VPMOVSWB(evex(F3, M38, 0x20, W0, HALF_MEM)),
    VPMOVUSWB(evex(F3, M38, 0x10, W0, HALF_MEM)),
    VPMOVQD(evex(F3, M38, 0x35, W0, HALF_MEM)),
    VPMOVSQD(evex(F3, M38, 0x25, W0, HALF_MEM));

    private final Encoding encoding;

    Store(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    /// Whether it writes to memory, never to a register.
    public boolean isMemoryOnly() {
        return switch (this) {
            case VMOVSS_STORE, VMOVSD_STORE, VMOVNTPS_STORE, VMOVNTDQ_STORE -> true;
            default -> false;
        };
    }
}
