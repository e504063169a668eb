package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(src)` with lanes half as large in `dst`, whose lower half is written, or the upper one where it is a whole
/// register (the assembler's `2`). The lanes are those of `dst`.
public enum Narrowing implements Instruction {
    XTN(0x0E212800, Kind.INTEGERS),
    SQXTN(0x0E214800, Kind.INTEGERS),
    SQXTUN(0x2E212800, Kind.INTEGERS),
    UQXTN(0x2E214800, Kind.INTEGERS);

    private final int bits;
    private final Kind kind;

    Narrowing(int bits, Kind kind) {
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
