package org.mobilenet4j.machine.x64.instruction;

/// How wide a vector register is.
public enum Width {
    /// 128 bits.
    XMM(16),
    /// 256 bits.
    YMM(32),
    /// 512 bits.
    ZMM(64);

    private final int bytes;

    Width(int bytes) {
        this.bytes = bytes;
    }

    /// Its bytes: 16, 32 or 64.
    public int bytes() {
        return bytes;
    }

    /// Its lanes of 32 bits: 4, 8 or 16.
    public int floats() {
        return bytes / 4;
    }

    /// Half as wide, but no less than 128 bits, as there is no smaller register.
    public Width half() {
        return this == ZMM ? YMM : XMM;
    }

    /// How VEX and EVEX say it: 0, 1 or 2.
    @SuppressWarnings("EnumOrdinal") // the constants stand in the processor's order
    public int lengthBits() {
        return ordinal();
    }
}
