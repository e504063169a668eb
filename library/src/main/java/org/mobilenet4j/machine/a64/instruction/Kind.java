package org.mobilenet4j.machine.a64.instruction;

/// Which lanes an instruction knows, and how it says which.
public enum Kind {
    /// Integers of 8 to 32 bits.
    INTEGERS,
    /// Integers of 8 to 64 bits.
    ALL_INTEGERS,
    /// Integers of 8 and 16 bits.
    SHORT_INTEGERS,
    /// Integers of 16 and 32 bits.
    PRODUCTS,
    /// Floats and doubles.
    FLOATS,
    /// Bits, as bytes.
    BITS;

    /// Whether there is an instruction for such lanes.
    public boolean knows(Arrangement lanes) {
        Size element = lanes.element();
        return switch (this) {
            case INTEGERS -> element != Size.D;
            case ALL_INTEGERS -> true;
            case SHORT_INTEGERS -> element == Size.B || element == Size.H;
            case PRODUCTS -> element == Size.H || element == Size.S;
            case FLOATS -> element == Size.S || element == Size.D;
            case BITS -> element == Size.B;
        };
    }

    /// The bits that say which lanes.
    ///
    /// @throws IllegalArgumentException if there is no such instruction
    public int fields(Arrangement lanes) {
        if (!knows(lanes)) {
            throw new IllegalArgumentException("no such instruction for " + lanes);
        }
        int size = switch (this) {
            case BITS -> 0;
            case FLOATS -> lanes.element().bits() & 1;
            default -> lanes.element().bits();
        };
        return lanes.q() | size << 22;
    }
}
