package org.mobilenet4j.machine.a64.instruction;

/// The size of a lane.
public enum Size {
    B,
    H,
    S,
    D;

    /// Its bytes: 1, 2, 4 or 8.
    public int bytes() {
        return 1 << bits();
    }

    /// How instructions say it: 0 to 3.
    @SuppressWarnings("EnumOrdinal") // the constants stand in the processor's order
    public int bits() {
        return ordinal();
    }
}
