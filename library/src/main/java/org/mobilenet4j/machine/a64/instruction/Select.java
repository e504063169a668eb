package org.mobilenet4j.machine.a64.instruction;

/// `dst = condition ? a : f(b)`.
public enum Select implements Instruction {
    CSEL(0x9A800000),
    CSINC(0x9A800400),
    CSINV(0xDA800000),
    CSNEG(0xDA800400);

    private final int bits;

    Select(int bits) {
        this.bits = bits;
    }

    @Override
    public int bits() {
        return bits;
    }
}
