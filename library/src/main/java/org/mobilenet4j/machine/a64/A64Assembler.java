package org.mobilenet4j.machine.a64;

import org.mobilenet4j.machine.a64.instruction.Arrangement;
import org.mobilenet4j.machine.a64.instruction.Binary;
import org.mobilenet4j.machine.a64.instruction.ByElement;
import org.mobilenet4j.machine.a64.instruction.Dot;
import org.mobilenet4j.machine.a64.instruction.Narrowing;
import org.mobilenet4j.machine.a64.instruction.Shift;
import org.mobilenet4j.machine.a64.instruction.Size;
import org.mobilenet4j.machine.a64.instruction.Structure;
import org.mobilenet4j.machine.a64.instruction.Unary;
import org.mobilenet4j.machine.a64.instruction.VectorMemory;
import org.mobilenet4j.machine.a64.instruction.VectorPair;
import org.mobilenet4j.machine.a64.instruction.Widening;
import org.mobilenet4j.machine.a64.instruction.WideningByElement;

/// Writes AArch64 code: `a.emit(FADD, s4(0), s4(1), s4(2))`. The destination comes first, as in Arm's manuals; the
/// tables of instructions are in `machine.a64.instruction`. Operands for which there is no instruction are refused.
public final class A64Assembler extends IntegerAssembler {
    private static final int[] STRUCTURES = {0x7000, 0xA000, 0x6000, 0x2000};
    private static final int MOVES_AFTER = 0x00800000;
    private static final int ELEMENTS = 0x0E000400;

    /// `dst = f(a, b)`
    public void emit(Binary row, Vector dst, Vector a, Vector b) {
        same(dst, a);
        same(dst, b);
        three(row.bits() | row.kind().fields(dst.arrangement()), dst, a, b);
    }

    /// `dst = f(src)`
    public void emit(Unary row, Vector dst, Vector src) {
        same(dst, src);
        two(row.bits() | row.kind().fields(dst.arrangement()), dst, src);
    }

    /// `dst = f(a, b)`, twice as wide.
    public void emit(Widening row, Vector dst, Vector a, Vector b) {
        same(a, b);
        same(dst, a.as(a.arrangement().widened()));
        three(row.bits() | row.kind().fields(a.arrangement()), dst, a, b);
    }

    /// `dst = f(src)`, half as wide.
    public void emit(Narrowing row, Vector dst, Vector src) {
        same(src, dst.as(dst.arrangement().widened()));
        two(row.bits() | row.kind().fields(dst.arrangement()), dst, src);
    }

    /// `dst = f(a, lane)`
    public void emit(ByElement row, Vector dst, Vector a, Element lane) {
        same(dst, a);
        byElement(row.bits() | row.kind().fields(a.arrangement()), dst, a, lane);
    }

    /// `dst = f(a, lane)`, twice as wide.
    public void emit(WideningByElement row, Vector dst, Vector a, Element lane) {
        same(dst, a.as(a.arrangement().widened()));
        byElement(row.bits() | row.kind().fields(a.arrangement()), dst, a, lane);
    }

    private void byElement(int instruction, Vector dst, Vector a, Element lane) {
        check(lane.size() == a.arrangement().element(), "no " + lane.size() + " for " + a);
        three(instruction | lane(lane), dst, a, lane.number());
    }

    /// Which lane, in the bits H, L and M.
    private static int lane(Element lane) {
        int index = lane.index();
        return switch (lane.size()) {
            case H -> {
                check(lane.number() < 16, "no lane of 16 bits of register " + lane.number());
                yield (index & 4) << 9 | (index & 2) << 20 | (index & 1) << 20;
            }
            case S -> (index & 2) << 10 | (index & 1) << 21;
            case D -> index << 11;
            case B -> throw new IllegalArgumentException("no lanes of bytes here");
        };
    }

    /// `dst += a . b`, by groups of four bytes.
    public void emit(Dot row, Vector dst, Vector a, Vector b) {
        same(a, b);
        same(dst, a.as(a.arrangement().quadrupled()));
        three(row.bits() | a.arrangement().q(), dst, a, b);
    }

    /// `dst += a . group`, by groups of four bytes, each beside the same one.
    public void emit(Dot row, Vector dst, Vector a, Element group) {
        check(group.size() == Size.S, "a group is as large as a lane of 32 bits");
        same(dst, a.as(a.arrangement().quadrupled()));
        three(row.laneBits() | a.arrangement().q() | lane(group), dst, a, group.number());
    }

    /// `dst = src` shifted.
    public void emit(Shift row, Vector dst, Vector src, int places) {
        Arrangement smaller = switch (row.form()) {
            case SAME -> {
                same(dst, src);
                yield dst.arrangement();
            }
            case NARROWING -> {
                same(src, dst.as(dst.arrangement().widened()));
                yield dst.arrangement();
            }
            case WIDENING -> {
                same(dst, src.as(src.arrangement().widened()));
                yield src.arrangement();
            }
        };
        two(row.bits() | row.fields(smaller, places), dst, src);
    }

    /// All lanes alike.
    public void dup(Vector dst, Register src) {
        Size size = dst.arrangement().element();
        word(ELEMENTS | 0x800 | dst.arrangement().q() | size.bytes() << 16 | src.orZero() << 5 | dst.number());
    }

    /// All lanes alike.
    public void dup(Vector dst, Element src) {
        check(src.size() == dst.arrangement().element(), "no " + src.size() + " for " + dst);
        word(ELEMENTS | dst.arrangement().q() | place(src) | src.number() << 5 | dst.number());
    }

    /// Sets a lane; the others stay.
    public void ins(Element dst, Register src) {
        word(ELEMENTS | 0x40001800 | place(dst) | src.orZero() << 5 | dst.number());
    }

    /// Sets a lane; the others stay.
    public void ins(Element dst, Element src) {
        check(dst.size() == src.size(), "no " + src.size() + " for " + dst);
        int from = src.index() * src.size().bytes();
        word(ELEMENTS | 0x60000000 | place(dst) | from << 11 | src.number() << 5 | dst.number());
    }

    /// A lane, unsigned.
    public void umov(Register dst, Element src) {
        int q = src.size() == Size.D ? 1 << 30 : 0;
        word(ELEMENTS | 0x3800 | q | place(src) | src.number() << 5 | dst.orZero());
    }

    private static int place(Element lane) {
        return ((2 * lane.index() + 1) * lane.size().bytes()) << 16;
    }

    /// All lanes of 8 or 32 bits alike, 0 to 255.
    public void movi(Vector dst, int number) {
        Size size = dst.arrangement().element();
        check(number >= 0 && number < 256 && (size == Size.B || size == Size.S), "no " + number + " for " + dst);
        int kind = size == Size.B ? 0xE000 : 0;
        word(0x0F000400 | dst.arrangement().q() | kind | (number >> 5) << 16 | (number & 31) << 5 | dst.number());
    }

    /// The bytes of a, and behind them those of b, from place `first` on.
    public void ext(Vector dst, Vector a, Vector b, int first) {
        same(dst, a);
        same(dst, b);
        Arrangement bytes = dst.arrangement();
        check(bytes.element() == Size.B && first >= 0 && first < bytes.lanes(), "no byte " + first + " of " + dst);
        three(0x2E000000 | bytes.q() | first << 11, dst, a, b);
    }

    /// Reads or writes the first bytes of a register, whatever its lanes.
    public void emit(VectorMemory row, Vector register, Address address) {
        memory(row.bits(), row.bytes(), register.number(), address);
    }

    /// Reads or writes the first bytes of two registers, whatever their lanes; the distance is a multiple of what
    /// is read of each, -64 to 63 times.
    public void emit(VectorPair row, Vector first, Vector second, Address address) {
        pair(row.bits(), row.bytes(), first.number(), second.number(), address);
    }

    /// Reads or writes one to four registers in a row, which lie one behind the other. The base may move by what is
    /// read, or by a register.
    public void emit(Structure row, Vector first, int count, Address address) {
        check(count >= 1 && count <= 4, "no structure of " + count + " registers");
        Arrangement lanes = first.arrangement();
        int bytes = count * (lanes.isWhole() ? 16 : 8);
        int size = lanes.element().bits() << 10;
        structure(row.bits() | STRUCTURES[count - 1] | lanes.q() | size, bytes, first.number(), address);
    }

    /// Reads or writes a lane; the others stay. The base may move by what is read, or by a register.
    public void emit(Structure row, Element lane, Address address) {
        int place = lane.index() * lane.size().bytes();
        int opcode = switch (lane.size()) {
            case B -> 0;
            case H -> 0x4000;
            case S -> 0x8000;
            case D -> 0x8400;
        };
        int fields = (place & 8) << 27 | (place & 7) << 10;
        structure(row.laneBits() | opcode | fields, lane.size().bytes(), lane.number(), address);
    }

    /// Reads a value for all lanes. The base may move by what is read, or by a register.
    public void ld1r(Vector dst, Address address) {
        Arrangement lanes = dst.arrangement();
        int size = lanes.element().bits() << 10;
        structure(0x0D40C000 | lanes.q() | size, lanes.element().bytes(), dst.number(), address);
    }

    private void structure(int instruction, int bytes, int register, Address address) {
        int fields = instruction | register | address.base().orStack() << 5;
        Register index = address.index();
        if (address.mode() == Address.Mode.STAYS) {
            check(index == null && address.offset() == 0, "no distance for a structure");
            word(fields);
        } else {
            check(
                    address.mode() == Address.Mode.MOVES_AFTER && (index != null || address.offset() == bytes),
                    "a structure of " + bytes + " bytes moves its base by these, or by a register");
            check(index != Register.ZR, "number 31 means a structure's bytes here");
            word(fields | MOVES_AFTER | (index == null ? 31 : index.orZero()) << 16);
        }
    }

    private static void same(Vector a, Vector b) {
        check(a.arrangement() == b.arrangement(), "no " + b.arrangement() + " beside " + a.arrangement());
    }

    private void two(int instruction, Vector dst, Vector src) {
        word(instruction | src.number() << 5 | dst.number());
    }

    private void three(int instruction, Vector dst, Vector a, Vector b) {
        three(instruction, dst, a, b.number());
    }

    private void three(int instruction, Vector dst, Vector a, int b) {
        word(instruction | b << 16 | a.number() << 5 | dst.number());
    }
}
