package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(a, b)` with lanes twice as large in `dst` as in `a` and `b`, of which the lower half is read, or all of the
/// upper
/// one where they are whole registers (the assembler's `2`). Multiply-adds also read `dst`.
public enum Widening implements Instruction {
    SADDL(0x0E200000, Kind.INTEGERS),
    UADDL(0x2E200000, Kind.INTEGERS),
    SSUBL(0x0E202000, Kind.INTEGERS),
    USUBL(0x2E202000, Kind.INTEGERS),
    SABDL(0x0E207000, Kind.INTEGERS),
    UABDL(0x2E207000, Kind.INTEGERS),
    SMLAL(0x0E208000, Kind.INTEGERS),
    UMLAL(0x2E208000, Kind.INTEGERS),
    SMLSL(0x0E20A000, Kind.INTEGERS),
    UMLSL(0x2E20A000, Kind.INTEGERS),
    SMULL(0x0E20C000, Kind.INTEGERS),
    UMULL(0x2E20C000, Kind.INTEGERS);

    private final int bits;
    private final Kind kind;

    Widening(int bits, Kind kind) {
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
