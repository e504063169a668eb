package org.mobilenet4j.machine.a64.instruction;

/// How a vector register is divided: lanes of a size in half of it, or in all of it.
public enum Arrangement {
    B8(Size.B, false),
    B16(Size.B, true),
    H4(Size.H, false),
    H8(Size.H, true),
    S2(Size.S, false),
    S4(Size.S, true),
    D2(Size.D, true);

    private final Size element;
    private final boolean isWhole;

    Arrangement(Size element, boolean isWhole) {
        this.element = element;
        this.isWhole = isWhole;
    }

    /// The size of a lane.
    public Size element() {
        return element;
    }

    /// Whether all 16 bytes are meant.
    public boolean isWhole() {
        return isWhole;
    }

    /// How many lanes.
    public int lanes() {
        return (isWhole ? 16 : 8) / element.bytes();
    }

    /// Bit 30 of instructions that have a choice.
    public int q() {
        return isWhole ? 1 << 30 : 0;
    }

    /// Lanes twice as large, in a whole register.
    public Arrangement widened() {
        return switch (element) {
            case B -> H8;
            case H -> S4;
            case S -> D2;
            case D -> throw new IllegalArgumentException("no lanes larger than those of " + this);
        };
    }

    /// Lanes of 32 bits, of which each is a group of four bytes.
    public Arrangement quadrupled() {
        if (element != Size.B) {
            throw new IllegalArgumentException("groups are of bytes, not of " + this);
        }
        return isWhole ? S4 : S2;
    }
}
