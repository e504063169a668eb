package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(a, lane)` with lanes twice as large in `dst`. A lane of 16 bits is one of registers 0 to 15.
public enum WideningByElement implements Instruction {
    SMLAL_LANE(0x0F002000, Kind.PRODUCTS),
    UMLAL_LANE(0x2F002000, Kind.PRODUCTS),
    SMULL_LANE(0x0F00A000, Kind.PRODUCTS),
    UMULL_LANE(0x2F00A000, Kind.PRODUCTS);

    private final int bits;
    private final Kind kind;

    WideningByElement(int bits, Kind kind) {
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
