package org.mobilenet4j.machine.x64;

/// A general register of 64 bits.
public enum Gpr {
    RAX,
    RCX,
    RDX,
    RBX,
    RSP,
    RBP,
    RSI,
    RDI,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15;

    /// Its number: 0 to 15.
    @SuppressWarnings("EnumOrdinal") // the constants stand in the processor's order
    public int number() {
        return ordinal();
    }
}
