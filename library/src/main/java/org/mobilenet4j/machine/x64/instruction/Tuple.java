package org.mobilenet4j.machine.x64.instruction;

/// What an instruction reads or writes where it names memory: Intel's "tuple type". It decides the width of the
/// register that may stand there instead, and the unit in which EVEX counts a displacement of one byte.
public enum Tuple {
    /// A vector, or one of its elements for all lanes.
    FULL,
    /// A vector.
    FULL_MEM,
    /// Half a vector, or one of its elements for all lanes.
    HALF,
    /// Half a vector.
    HALF_MEM,
    /// A quarter of a vector.
    QUARTER_MEM,
    /// An eighth of a vector.
    EIGHTH_MEM,
    /// One element of 32 bits, or of 64 with W.
    SCALAR,
    /// One byte.
    SCALAR8,
    /// 16 bits.
    SCALAR16,
    /// Two elements of 32 bits, or of 64 with W.
    PAIR,
    /// Four elements of 32 bits, or of 64 with W.
    QUAD,
    /// Eight elements of 32 bits.
    OCT,
    /// 128 bits whatever the vector.
    MEM128;

    /// Whether an element may be read for all lanes.
    public boolean canBroadcast() {
        return this == FULL || this == HALF;
    }

    /// The bytes at the named place, beside vectors of `width`; `isWide` for elements of 64 bits.
    public int bytes(Width width, boolean isWide) {
        return switch (this) {
            case FULL, FULL_MEM -> width.bytes();
            case HALF, HALF_MEM -> width.bytes() / 2;
            case QUARTER_MEM -> width.bytes() / 4;
            case EIGHTH_MEM -> width.bytes() / 8;
            case SCALAR -> isWide ? 8 : 4;
            case SCALAR8 -> 1;
            case SCALAR16 -> 2;
            case PAIR -> isWide ? 16 : 8;
            case QUAD -> isWide ? 32 : 16;
            case OCT -> 32;
            case MEM128 -> 16;
        };
    }

    /// The register that may stand in the place of memory: the narrowest that holds those bytes.
    public Width register(Width width, boolean isWide) {
        int bytes = bytes(width, isWide);
        return bytes <= 16 ? Width.XMM : bytes <= 32 ? Width.YMM : Width.ZMM;
    }
}
