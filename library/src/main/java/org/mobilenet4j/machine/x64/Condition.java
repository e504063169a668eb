package org.mobilenet4j.machine.x64;

/// What the flags say; its ordinal is its number.
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
    GREATER
}
