package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(a, b)`, lane by lane, with the same lanes in all; multiply-adds and selections also read `dst`.
public enum Binary implements Instruction {
    // Floats
    FADD(0x0E20D400, Kind.FLOATS),
    FSUB(0x0EA0D400, Kind.FLOATS),
    FMUL(0x2E20DC00, Kind.FLOATS),
    FDIV(0x2E20FC00, Kind.FLOATS),
    FMLA(0x0E20CC00, Kind.FLOATS),
    FMLS(0x0EA0CC00, Kind.FLOATS),
    FMAX(0x0E20F400, Kind.FLOATS),
    FMIN(0x0EA0F400, Kind.FLOATS),
    FMAXNM(0x0E20C400, Kind.FLOATS),
    FMINNM(0x0EA0C400, Kind.FLOATS),
    FABD(0x2EA0D400, Kind.FLOATS),
    FADDP(0x2E20D400, Kind.FLOATS),
    FCMEQ(0x0E20E400, Kind.FLOATS),
    FCMGE(0x2E20E400, Kind.FLOATS),
    FCMGT(0x2EA0E400, Kind.FLOATS),

    // Integers
    SQADD(0x0E200C00, Kind.ALL_INTEGERS),
    SQSUB(0x0E202C00, Kind.ALL_INTEGERS),
    UQADD(0x2E200C00, Kind.ALL_INTEGERS),
    UQSUB(0x2E202C00, Kind.ALL_INTEGERS),
    SRHADD(0x0E201400, Kind.INTEGERS),
    URHADD(0x2E201400, Kind.INTEGERS),
    CMGT(0x0E203400, Kind.ALL_INTEGERS),
    CMGE(0x0E203C00, Kind.ALL_INTEGERS),
    CMHI(0x2E203400, Kind.ALL_INTEGERS),
    CMHS(0x2E203C00, Kind.ALL_INTEGERS),
    CMEQ(0x2E208C00, Kind.ALL_INTEGERS),
    SSHL(0x0E204400, Kind.ALL_INTEGERS),
    USHL(0x2E204400, Kind.ALL_INTEGERS),
    SQSHL(0x0E204C00, Kind.ALL_INTEGERS),
    SRSHL(0x0E205400, Kind.ALL_INTEGERS),
    URSHL(0x2E205400, Kind.ALL_INTEGERS),
    SQRSHL(0x0E205C00, Kind.ALL_INTEGERS),
    SMAX(0x0E206400, Kind.INTEGERS),
    SMIN(0x0E206C00, Kind.INTEGERS),
    UMAX(0x2E206400, Kind.INTEGERS),
    UMIN(0x2E206C00, Kind.INTEGERS),
    SABD(0x0E207400, Kind.INTEGERS),
    UABD(0x2E207400, Kind.INTEGERS),
    ADD_LANES(0x0E208400, Kind.ALL_INTEGERS),
    SUB_LANES(0x2E208400, Kind.ALL_INTEGERS),
    MLA(0x0E209400, Kind.INTEGERS),
    MLS(0x2E209400, Kind.INTEGERS),
    MUL(0x0E209C00, Kind.INTEGERS),
    ADDP(0x0E20BC00, Kind.ALL_INTEGERS),
    SQDMULH(0x0E20B400, Kind.PRODUCTS),
    SQRDMULH(0x2E20B400, Kind.PRODUCTS),

    // Bit by bit
    AND_BITS(0x0E201C00, Kind.BITS),
    BIC_BITS(0x0E601C00, Kind.BITS),
    ORR_BITS(0x0EA01C00, Kind.BITS),
    ORN_BITS(0x0EE01C00, Kind.BITS),
    EOR_BITS(0x2E201C00, Kind.BITS),
    BSL(0x2E601C00, Kind.BITS),
    BIT(0x2EA01C00, Kind.BITS),
    BIF(0x2EE01C00, Kind.BITS),

    // Permutations
    UZP1(0x0E001800, Kind.ALL_INTEGERS),
    TRN1(0x0E002800, Kind.ALL_INTEGERS),
    ZIP1(0x0E003800, Kind.ALL_INTEGERS),
    UZP2(0x0E005800, Kind.ALL_INTEGERS),
    TRN2(0x0E006800, Kind.ALL_INTEGERS),
    ZIP2(0x0E007800, Kind.ALL_INTEGERS);

    private final int bits;
    private final Kind kind;

    Binary(int bits, Kind kind) {
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
