package org.mobilenet4j.machine.x64;

/// What the flags say.
public enum Condition {
    OVERFLOW,
    NO_OVERFLOW,
    /// Unsigned less; also the carry.
    BELOW,
    ABOVE_EQUAL,
    EQUAL,
    NOT_EQUAL,
    BELOW_EQUAL,
    ABOVE,
    NEGATIVE,
    NOT_NEGATIVE,
    PARITY,
    NO_PARITY,
    LESS,
    GREATER_EQUAL,
    LESS_EQUAL,
    GREATER;

    /// Its number in an opcode: 0 to 15.
    @SuppressWarnings("EnumOrdinal") // the constants stand in the processor's order
    public int number() {
        return ordinal();
    }
}
