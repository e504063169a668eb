package org.mobilenet4j.machine.x64.instruction;

/// What fills a general register from another one or from memory.
public enum Move {
    MOV(0x8B, true, 8),
    MOV32(0x8B, false, 4),
    /// 32 bits, signed, to 64.
    MOVSXD(0x63, true, 4),
    MOVSX8(0x0FBE, true, 1),
    MOVSX16(0x0FBF, true, 2),
    MOVZX8(0x0FB6, false, 1),
    MOVZX16(0x0FB7, false, 2),
    /// The product with what the register holds.
    IMUL(0x0FAF, true, 8);

    private final int opcode;
    private final boolean isLong;
    private final int bytes;

    Move(int opcode, boolean isLong, int bytes) {
        this.opcode = opcode;
        this.isLong = isLong;
        this.bytes = bytes;
    }

    /// One byte, or 0x0F and another.
    public int opcode() {
        return opcode;
    }

    /// Whether all 64 bits are computed, rather than cleared above the low 32.
    public boolean isLong() {
        return isLong;
    }

    /// The bytes that are read.
    public int bytes() {
        return bytes;
    }
}
