package org.mobilenet4j.machine.a64.instruction;

/// `dst = f(a, b)` for general registers, where b may be shifted to the left; some take a number of 12 bits for b.
public enum Alu implements Instruction {
    ADD(0x8B000000, 0x91000000),
    SUB(0xCB000000, 0xD1000000),
    ADDS(0xAB000000, 0xB1000000),
    SUBS(0xEB000000, 0xF1000000),
    AND(0x8A000000, 0),
    ANDS(0xEA000000, 0),
    ORR(0xAA000000, 0),
    EOR(0xCA000000, 0),
    BIC(0x8A200000, 0);

    private final int bits;
    private final int numberBits;

    Alu(int bits, int numberBits) {
        this.bits = bits;
        this.numberBits = numberBits;
    }

    @Override
    public int bits() {
        return bits;
    }

    /// The same with a number; 0 if there is none.
    public int numberBits() {
        return numberBits;
    }
}
