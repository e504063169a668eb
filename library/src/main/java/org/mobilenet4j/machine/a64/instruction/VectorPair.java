package org.mobilenet4j.machine.a64.instruction;

/// Reads and writes of two vector registers' first bytes, one behind the other.
public enum VectorPair implements Instruction {
    STP_S(0x2D000000, 4),
    LDP_S(0x2D400000, 4),
    STP_D(0x6D000000, 8),
    LDP_D(0x6D400000, 8),
    STP_Q(0xAD000000, 16),
    LDP_Q(0xAD400000, 16);

    private final int bits;
    private final int bytes;

    VectorPair(int bits, int bytes) {
        this.bits = bits;
        this.bytes = bytes;
    }

    @Override
    public int bits() {
        return bits;
    }

    /// How many bytes of each it reads or writes.
    public int bytes() {
        return bytes;
    }
}
