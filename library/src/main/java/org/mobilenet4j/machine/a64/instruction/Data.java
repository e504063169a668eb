package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(a, b)` for general registers.
public enum Data implements Instruction {
    LSL_BY(0x9AC02000),
    LSR_BY(0x9AC02400),
    ASR_BY(0x9AC02800),
    UDIV(0x9AC00800),
    SDIV(0x9AC00C00);

    private final int bits;

    Data(int bits) {
        this.bits = bits;
    }

    @Override
    public int bits() {
        return bits;
    }
}
