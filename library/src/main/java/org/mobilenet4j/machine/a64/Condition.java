package org.mobilenet4j.machine.a64;

/// What a branch or a choice asks of the flags.
public enum Condition {
    EQ,
    NE,
    /// Unsigned: above or equal.
    HS,
    /// Unsigned: below.
    LO,
    MI,
    PL,
    VS,
    VC,
    /// Unsigned: above.
    HI,
    /// Unsigned: below or equal.
    LS,
    GE,
    LT,
    GT,
    LE;

    /// Its number: 0 to 13.
    @SuppressWarnings("EnumOrdinal") // the constants stand in the processor's order
    int number() {
        return ordinal();
    }
}
