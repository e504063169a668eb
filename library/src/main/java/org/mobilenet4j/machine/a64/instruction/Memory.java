package org.mobilenet4j.machine.a64.instruction;

/// Reads and writes of general registers.
public enum Memory implements Instruction {
    STR_X(0xF9000000, 8),
    LDR_X(0xF9400000, 8),
    STR_W(0xB9000000, 4),
    LDR_W(0xB9400000, 4),
    LDRSW(0xB9800000, 4),
    STRH(0x79000000, 2),
    LDRH(0x79400000, 2),
    LDRSH(0x79800000, 2),
    STRB(0x39000000, 1),
    LDRB(0x39400000, 1),
    LDRSB(0x39800000, 1);

    private final int bits;
    private final int bytes;

    Memory(int bits, int bytes) {
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
