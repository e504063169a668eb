package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.F2;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M0F;
import static org.mobilenet4j.machine.x64.instruction.Encoding.NP;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.vex;

/// Masks of 8, 16, 32 or 64 bits, from and to masks, memory and general registers.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum MaskMove implements Instruction {
    KMOVB(P66, W0, P66, W0),
    KMOVW(NP, W0, NP, W0),
    KMOVD(P66, W1, F2, W0),
    KMOVQ(NP, W1, F2, W1);

    private final Encoding load;
    private final Encoding store;
    private final Encoding fromGpr;
    private final Encoding toGpr;

    MaskMove(int prefix, int w, int gprPrefix, int gprW) {
        this.load = vex(prefix, M0F, 0x90, w, Tuple.FULL_MEM);
        this.store = vex(prefix, M0F, 0x91, w, Tuple.FULL_MEM);
        this.fromGpr = vex(gprPrefix, M0F, 0x92, gprW, Tuple.FULL_MEM);
        this.toGpr = vex(gprPrefix, M0F, 0x93, gprW, Tuple.FULL_MEM);
    }

    /// From a mask or from memory.
    @Override
    public Encoding encoding() {
        return load;
    }

    /// To memory.
    public Encoding store() {
        return store;
    }

    /// From a general register.
    public Encoding fromGpr() {
        return fromGpr;
    }

    /// To a general register, whose other bits become 0.
    public Encoding toGpr() {
        return toGpr;
    }
}
