package org.mobilenet4j.machine.a64.instruction;

/// Shifts by as many places as the code says. Those that narrow and widen have the assembler's `2` for the upper half.
public enum Shift implements Instruction {
    SHL(0x0F005400, Form.SAME, true),
    SLI(0x2F005400, Form.SAME, true),
    SSHR(0x0F000400, Form.SAME, false),
    USHR(0x2F000400, Form.SAME, false),
    SRSHR(0x0F002400, Form.SAME, false),
    URSHR(0x2F002400, Form.SAME, false),
    SSRA(0x0F001400, Form.SAME, false),
    SRI(0x2F004400, Form.SAME, false),
    SHRN(0x0F008400, Form.NARROWING, false),
    RSHRN(0x0F008C00, Form.NARROWING, false),
    SQSHRN(0x0F009400, Form.NARROWING, false),
    SQRSHRN(0x0F009C00, Form.NARROWING, false),
    SQSHRUN(0x2F008400, Form.NARROWING, false),
    SQRSHRUN(0x2F008C00, Form.NARROWING, false),
    UQRSHRN(0x2F009C00, Form.NARROWING, false),
    SSHLL(0x0F00A400, Form.WIDENING, true),
    USHLL(0x2F00A400, Form.WIDENING, true);

    /// What becomes of the size of lanes.
    public enum Form {
        /// `dst` and `src` have the same.
        SAME,
        /// Those of `dst` are half as large.
        NARROWING,
        /// Those of `dst` are twice as large.
        WIDENING
    }

    private final int bits;
    private final Form form;
    private final boolean isLeft;

    Shift(int bits, Form form, boolean isLeft) {
        this.bits = bits;
        this.form = form;
        this.isLeft = isLeft;
    }

    @Override
    public int bits() {
        return bits;
    }

    /// Which lanes it goes between.
    public Form form() {
        return form;
    }

    /// The bits that say how far and which lanes: those of the smaller side.
    ///
    /// @param places 0 to the lane's bits less 1 to the left, 1 to the lane's bits to the right
    public int fields(Arrangement lanes, int places) {
        int size = 8 * lanes.element().bytes();
        if (places < (isLeft ? 0 : 1) || places > (isLeft ? size - 1 : size)) {
            throw new IllegalArgumentException("no shift of " + lanes + " by " + places);
        }
        return lanes.q() | (isLeft ? size + places : 2 * size - places) << 16;
    }
}
