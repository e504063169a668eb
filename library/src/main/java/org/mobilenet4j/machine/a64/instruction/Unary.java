package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(src)`, lane by lane, with the same lanes in both.
public enum Unary implements Instruction {
    // Floats
    FABS(0x0EA0F800, Kind.FLOATS),
    FNEG(0x2EA0F800, Kind.FLOATS),
    FSQRT(0x2EA1F800, Kind.FLOATS),
    FRINTN(0x0E218800, Kind.FLOATS),
    FRINTM(0x0E219800, Kind.FLOATS),
    FRINTP(0x0EA18800, Kind.FLOATS),
    FRINTA(0x2E218800, Kind.FLOATS),
    FRECPE(0x0EA1D800, Kind.FLOATS),
    FRSQRTE(0x2EA1D800, Kind.FLOATS),

    // Conversions
    SCVTF(0x0E21D800, Kind.FLOATS),
    UCVTF(0x2E21D800, Kind.FLOATS),
    FCVTZS(0x0EA1B800, Kind.FLOATS),
    FCVTNS(0x0E21A800, Kind.FLOATS),
    FCVTMS(0x0E21B800, Kind.FLOATS),
    FCVTAS(0x0E21C800, Kind.FLOATS),

    // Integers
    ABS(0x0E20B800, Kind.ALL_INTEGERS),
    NEG(0x2E20B800, Kind.ALL_INTEGERS),
    NOT(0x2E205800, Kind.BITS),
    CNT(0x0E205800, Kind.BITS),
    REV64(0x0E200800, Kind.INTEGERS),
    REV32(0x2E200800, Kind.SHORT_INTEGERS),
    REV16(0x0E201800, Kind.BITS);

    private final int bits;
    private final Kind kind;

    Unary(int bits, Kind kind) {
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
