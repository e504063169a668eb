package org.mobilenet4j.machine.x64.instruction;

/// How an instruction on vectors or masks is written down: its prefix and map (one byte of the opcode each in older
/// encodings), its opcode, W, and which of the two encodings it has. VEX is shorter, knows registers 0 to 15 of 128
/// and 256 bits, and is taken where it will do; EVEX knows all registers, 512 bits, masks and broadcasts.
public record Encoding(
        int prefix,
        int map,
        int opcode,
        boolean vexW,
        boolean evexW,
        boolean hasVex,
        boolean hasEvex,
        Tuple tuple,
        Width least,
        boolean isNarrowing) {

    /// No prefix, and the three that are part of an opcode.
    public static final int NP = 0, P66 = 1, F3 = 2, F2 = 3;

    /// The three maps of opcodes.
    public static final int M0F = 1, M38 = 2, M3A = 3;

    /// W clear, W set, and W set in EVEX but not in VEX.
    public static final int W0 = 0, W1 = 3, W1_EVEX = 2;

    /// In both encodings.
    static Encoding both(int prefix, int map, int opcode, int w, Tuple tuple) {
        return new Encoding(prefix, map, opcode, (w & 1) != 0, (w & 2) != 0, true, true, tuple, Width.XMM, false);
    }

    /// In VEX only.
    static Encoding vex(int prefix, int map, int opcode, int w, Tuple tuple) {
        return new Encoding(prefix, map, opcode, (w & 1) != 0, false, true, false, tuple, Width.XMM, false);
    }

    /// In EVEX only.
    static Encoding evex(int prefix, int map, int opcode, int w, Tuple tuple) {
        return new Encoding(prefix, map, opcode, false, (w & 2) != 0, false, true, tuple, Width.XMM, false);
    }

    /// The same, with no narrower vectors than these.
    Encoding from(Width width) {
        return new Encoding(prefix, map, opcode, vexW, evexW, hasVex, hasEvex, tuple, width, isNarrowing);
    }

    /// The same, with a result half as wide as what is read.
    Encoding narrowing() {
        return new Encoding(prefix, map, opcode, vexW, evexW, hasVex, hasEvex, tuple, least, true);
    }

    /// The same with another opcode.
    public Encoding withOpcode(int other, Tuple otherTuple) {
        return new Encoding(prefix, map, other, vexW, evexW, hasVex, hasEvex, otherTuple, least, isNarrowing);
    }

    /// Whether its elements have 64 bits: EVEX's W, which memory operands go by.
    public boolean isWide() {
        return evexW;
    }

    /// The widest vectors it knows.
    public Width most() {
        return hasEvex ? Width.ZMM : Width.YMM;
    }
}
