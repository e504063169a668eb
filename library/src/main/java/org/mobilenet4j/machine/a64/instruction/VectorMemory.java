package org.mobilenet4j.machine.a64.instruction;

/// Reads and writes of the first bytes of vector registers; what is not read becomes 0.
public enum VectorMemory implements Instruction {
    STR_B(0x3D000000, 1),
    LDR_B(0x3D400000, 1),
    STR_H(0x7D000000, 2),
    LDR_H(0x7D400000, 2),
    STR_S(0xBD000000, 4),
    LDR_S(0xBD400000, 4),
    STR_D(0xFD000000, 8),
    LDR_D(0xFD400000, 8),
    STR_Q(0x3D800000, 16),
    LDR_Q(0x3DC00000, 16);

    private final int bits;
    private final int bytes;

    VectorMemory(int bits, int bytes) {
        this.bits = bits;
        this.bytes = bytes;
    }

    @Override
    public int bits() {
        return bits;
    }

    /// How many bytes it reads or writes.
    public int bytes() {
        return bytes;
    }
}
