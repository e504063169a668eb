package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(a, lane)`: the same lane of a register for all lanes of `a`. Multiply-adds also read `dst`. A lane of 16
/// bits is
/// one of registers 0 to 15.
public enum ByElement implements Instruction {
    // With the same lanes in `dst`
    FMLA_LANE(0x0F801000, Kind.FLOATS),
    FMLS_LANE(0x0F805000, Kind.FLOATS),
    FMUL_LANE(0x0F809000, Kind.FLOATS),
    MLA_LANE(0x2F000000, Kind.PRODUCTS),
    MLS_LANE(0x2F004000, Kind.PRODUCTS),
    MUL_LANE(0x0F008000, Kind.PRODUCTS),
    SQDMULH_LANE(0x0F00C000, Kind.PRODUCTS),
    SQRDMULH_LANE(0x0F00D000, Kind.PRODUCTS);

    private final int bits;
    private final Kind kind;

    ByElement(int bits, Kind kind) {
        this.bits = bits;
        this.kind = kind;
    }

    @Override
    public int bits() {
        return bits;
    }

    /// The lanes that it knows.
    public Kind kind() {
        return kind;
    }
}
