package org.mobilenet4j.machine.a64.instruction;

/// Asks for a cache line.
public enum Prefetch implements Instruction {
    PLDL1KEEP(0),
    PLDL2KEEP(2),
    PSTL1KEEP(16);

    private final int bits;

    Prefetch(int bits) {
        this.bits = bits;
    }

    @Override
    public int bits() {
        return bits;
    }
}
