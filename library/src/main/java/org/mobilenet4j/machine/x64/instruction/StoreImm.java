package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.M3A;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.both;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Encoding.vex;
import static org.mobilenet4j.machine.x64.instruction.Tuple.HALF_MEM;
import static org.mobilenet4j.machine.x64.instruction.Tuple.MEM128;
import static org.mobilenet4j.machine.x64.instruction.Tuple.OCT;
import static org.mobilenet4j.machine.x64.instruction.Tuple.QUAD;
import static org.mobilenet4j.machine.x64.instruction.Width.YMM;
import static org.mobilenet4j.machine.x64.instruction.Width.ZMM;

/// Part of a vector, chosen by an immediate byte, to memory or a register; and floats of 16 bits.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum StoreImm implements Instruction {
    VEXTRACTF128(vex(P66, M3A, 0x19, W0, MEM128).from(YMM)),
    VEXTRACTI128(vex(P66, M3A, 0x39, W0, MEM128).from(YMM)),
    VEXTRACTF32X4(evex(P66, M3A, 0x19, W0, QUAD).from(YMM)),
    VEXTRACTI32X4(evex(P66, M3A, 0x39, W0, QUAD).from(YMM)),
    VEXTRACTF32X8(evex(P66, M3A, 0x1B, W0, OCT).from(ZMM)),
    VEXTRACTI32X8(evex(P66, M3A, 0x3B, W0, OCT).from(ZMM)),
    VEXTRACTF64X4(evex(P66, M3A, 0x1B, W1, QUAD).from(ZMM)),
    VEXTRACTI64X4(evex(P66, M3A, 0x3B, W1, QUAD).from(ZMM)),
    VCVTPS2PH(both(P66, M3A, 0x1D, W0, HALF_MEM));

    private final Encoding encoding;

    StoreImm(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }
}
