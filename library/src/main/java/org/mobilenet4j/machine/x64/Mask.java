package org.mobilenet4j.machine.x64;

/// A mask register. As the mask of an instruction, K0 would mean that there is none.
public enum Mask {
    K0,
    K1,
    K2,
    K3,
    K4,
    K5,
    K6,
    K7;

    /// Its number: 0 to 7.
    @SuppressWarnings("EnumOrdinal") // the constants stand in the processor's order
    public int number() {
        return ordinal();
    }
}
