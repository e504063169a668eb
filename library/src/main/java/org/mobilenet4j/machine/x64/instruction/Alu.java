package org.mobilenet4j.machine.x64.instruction;

/// Sums, differences and bits of general registers; of 64 bits, or of the low 32, which clear the rest. The flags
/// are set.
public enum Alu {
    ADD(0, true),
    OR(1, true),
    AND(4, true),
    SUB(5, true),
    XOR(6, true),
    CMP(7, true),
    ADD32(0, false),
    AND32(4, false),
    SUB32(5, false),
    XOR32(6, false),
    CMP32(7, false);

    private final int digit;
    private final boolean isLong;

    Alu(int digit, boolean isLong) {
        this.digit = digit;
        this.isLong = isLong;
    }

    /// Its place in the table of opcodes.
    public int digit() {
        return digit;
    }

    /// Whether it works on 64 bits, not 32.
    public boolean isLong() {
        return isLong;
    }
}
