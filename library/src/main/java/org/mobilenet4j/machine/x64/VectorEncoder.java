package org.mobilenet4j.machine.x64;

import org.mobilenet4j.machine.x64.instruction.Encoding;
import org.mobilenet4j.machine.x64.instruction.GprMove;
import org.mobilenet4j.machine.x64.instruction.MaskOp;
import org.mobilenet4j.machine.x64.instruction.Tuple;
import org.mobilenet4j.machine.x64.instruction.Width;

/// VEX and EVEX: the prefixes of instructions on vectors and masks, and whether there is such an instruction at
/// all.
final class VectorEncoder {
    /// No immediate byte.
    static final int NONE = -1;

    static final Encoding VBLENDVPS =
            new Encoding(Encoding.P66, Encoding.M3A, 0x4A, false, false, true, false, Tuple.FULL_MEM, Width.XMM, false);

    /// ModRM of two registers.
    private static final int REGISTERS = 0xC0;

    private final CodeBuffer buffer;

    VectorEncoder(CodeBuffer buffer) {
        this.buffer = buffer;
    }

    /// An instruction whose last operand is a vector or memory. `masked` is the operand that carries the mask.
    void emit(Encoding row, Width width, int reg, int vvvv, Operand rm, Vector masked, int immediate) {
        if (rm instanceof Mem mem) {
            memory(row, width, reg, vvvv, mem, masked, immediate);
            return;
        }
        emit(row, width, reg, vvvv, ((Vector) rm).number(), masked);
        if (immediate != NONE) {
            buffer.emit8(immediate);
        }
    }

    /// An instruction on registers only.
    void emit(Encoding row, Width width, int reg, int vvvv, int rm, Vector masked) {
        boolean isEvex = isEvex(row, width, reg | vvvv | rm, masked, false);
        if (isEvex) {
            evex(row, width, reg, vvvv, rm >> 4 & 1, rm >> 3 & 1, masked, false);
        } else {
            vex(row, width.lengthBits(), reg, vvvv, 0, rm >> 3);
        }
        buffer.emit8(row.opcode());
        buffer.emit8(REGISTERS | (reg & 7) << 3 | (rm & 7));
    }

    private void memory(Encoding row, Width width, int reg, int vvvv, Mem mem, Vector masked, int immediate) {
        int x = CodeBuffer.high(mem.index());
        int b = CodeBuffer.high(mem.base());
        int unit = 1;
        // A vector shifted by an immediate byte is read from memory in EVEX only.
        boolean isImmediateShift = row.map() == Encoding.M0F && row.opcode() >= 0x71 && row.opcode() <= 0x73;
        if (isEvex(row, width, reg | vvvv, masked, mem.isBroadcast() || isImmediateShift)) {
            evex(row, width, reg, vvvv, x, b, masked, mem.isBroadcast());
            unit = mem.isBroadcast() ? row.isWide() ? 8 : 4 : row.tuple().bytes(width, row.isWide());
        } else {
            vex(row, width.lengthBits(), reg, vvvv, x, b);
        }
        buffer.emit8(row.opcode());
        buffer.emitMemory(reg, mem, unit, immediate == NONE ? 0 : 1);
        if (immediate != NONE) {
            buffer.emit8(immediate);
        }
    }

    /// An instruction on masks, and general registers, only; `isWide` for those with three operands.
    void vex(Encoding row, boolean isWide, int reg, int vvvv, int rm) {
        vex(row, isWide ? 1 : 0, reg, vvvv, 0, rm >> 3);
        buffer.emit8(row.opcode());
        buffer.emit8(REGISTERS | (reg & 7) << 3 | (rm & 7));
    }

    /// A mask from or to memory.
    void vex(Encoding row, int reg, Mem mem) {
        vex(row, 0, reg, 0, CodeBuffer.high(mem.index()), CodeBuffer.high(mem.base()));
        buffer.emit8(row.opcode());
        buffer.emitMemory(reg, mem, 1, 0);
    }

    private static boolean isEvex(Encoding row, Width width, int registers, Vector masked, boolean isAsked) {
        boolean isEvex = isAsked || registers > 15 || width == Width.ZMM || masked.mask() != Mask.K0 || !row.hasVex();
        if (isEvex && !row.hasEvex()) {
            throw new IllegalArgumentException(
                    "this instruction has no masks, broadcasts, 512 bits or registers above 15: " + row);
        }
        return isEvex;
    }

    private void vex(Encoding row, int length, int reg, int vvvv, int x, int b) {
        int r = reg >> 3 & 1;
        int rest = (~vvvv & 15) << 3 | length << 2 | row.prefix();
        if (x == 0 && b == 0 && !row.vexW() && row.map() == Encoding.M0F) {
            buffer.emit8(0xC5);
            buffer.emit8((r ^ 1) << 7 | rest);
        } else {
            buffer.emit8(0xC4);
            buffer.emit8((r ^ 1) << 7 | (x ^ 1) << 6 | (b ^ 1) << 5 | row.map());
            buffer.emit8((row.vexW() ? 0x80 : 0) | rest);
        }
    }

    private void evex(Encoding row, Width width, int reg, int vvvv, int x, int b, Vector masked, boolean isBroadcast) {
        buffer.emit8(0x62);
        buffer.emit8((~reg >> 3 & 1) << 7 | (x ^ 1) << 6 | (b ^ 1) << 5 | (~reg >> 4 & 1) << 4 | row.map());
        buffer.emit8((row.evexW() ? 0x80 : 0) | (~vvvv & 15) << 3 | 4 | row.prefix());
        buffer.emit8((masked.isZeroing() ? 0x80 : 0)
                | width.lengthBits() << 5
                | (isBroadcast ? 0x10 : 0)
                | (~vvvv >> 4 & 1) << 3
                | masked.mask().number());
    }

    void checkSame(Vector a, Vector b) {
        if (a.width() != b.width()) {
            throw new IllegalArgumentException("not of one width: " + a + " and " + b);
        }
    }

    /// Whether the operand that may be memory fits the row, beside vectors of `width`.
    void checkSource(Encoding row, Width width, Operand operand) {
        if (width.compareTo(row.least()) < 0 || width.compareTo(row.most()) > 0) {
            throw new IllegalArgumentException("no instruction for " + width + ": " + row);
        }
        if (operand instanceof Vector vector && vector.width() != row.tuple().register(width, row.isWide())) {
            throw new IllegalArgumentException("not a register for this place: " + vector + ", " + row);
        }
        if (operand instanceof Mem mem && mem.isBroadcast() && !row.tuple().canBroadcast()) {
            throw new IllegalArgumentException("no broadcast in this instruction: " + row);
        }
    }

    /// The width of what a narrowing instruction reads, which memory does not tell for a result of 128 bits.
    Width widthOfSource(Vector dst, Operand src) {
        Width width = src instanceof Vector vector ? vector.width() : Width.ZMM;
        if (width.half() != dst.width()) {
            throw new IllegalArgumentException("half as wide as what is read from a register: " + dst);
        }
        return width;
    }

    void checkOperands(MaskOp row, int operands) {
        if (row.operands() != operands) {
            throw new IllegalArgumentException(row + " has " + row.operands() + " operands");
        }
    }

    void checkGprMove(GprMove row, Width width, boolean isToGpr) {
        boolean isScalar = row.encoding().tuple() == Tuple.SCALAR;
        if (row.isToGpr() != isToGpr
                || width.compareTo(isScalar ? Width.XMM : row.encoding().most()) > 0) {
            throw new IllegalArgumentException("no " + row + " for these registers");
        }
    }
}
