package org.mobilenet4j.machine.a64.instruction;

/// Reads and writes of vector registers: one to four of them, one lane, or one value for all lanes.
public enum Structure implements Instruction {
    ST1(0x0C000000, 0x0D000000),
    LD1(0x0C400000, 0x0D400000);

    private final int bits;
    private final int laneBits;

    Structure(int bits, int laneBits) {
        this.bits = bits;
        this.laneBits = laneBits;
    }

    @Override
    public int bits() {
        return bits;
    }

    /// The same for one lane.
    public int laneBits() {
        return laneBits;
    }
}
