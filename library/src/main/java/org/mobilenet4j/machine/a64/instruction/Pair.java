package org.mobilenet4j.machine.a64.instruction;

/// Reads and writes of two general registers, one behind the other.
public enum Pair implements Instruction {
    STP(0xA9000000),
    LDP(0xA9400000);

    private final int bits;

    Pair(int bits) {
        this.bits = bits;
    }

    @Override
    public int bits() {
        return bits;
    }
}
