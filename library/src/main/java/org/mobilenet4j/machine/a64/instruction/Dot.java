package org.mobilenet4j.machine.a64.instruction;

/// Dot products: `dst += a . b` by groups of four bytes, signed or unsigned.
public enum Dot implements Instruction {
    SDOT(0x0E809400, 0x0F80E000),
    UDOT(0x2E809400, 0x2F80E000);

    private final int bits;
    private final int laneBits;

    Dot(int bits, int laneBits) {
        this.bits = bits;
        this.laneBits = laneBits;
    }

    @Override
    public int bits() {
        return bits;
    }

    /// The same where one group of `b` stands for all.
    public int laneBits() {
        return laneBits;
    }
}
