package org.mobilenet4j.machine.x64.instruction;

/// Shifts of a general register.
public enum BitShift {
    SHL(4),
    SHR(5),
    SAR(7);

    private final int digit;

    BitShift(int digit) {
        this.digit = digit;
    }

    /// Its place in the table of opcodes.
    public int digit() {
        return digit;
    }
}
