package org.mobilenet4j.machine.a64;

import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADDS;
import static org.mobilenet4j.machine.a64.instruction.Alu.ORR;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;

import org.mobilenet4j.machine.a64.instruction.Alu;
import org.mobilenet4j.machine.a64.instruction.Data;
import org.mobilenet4j.machine.a64.instruction.Memory;
import org.mobilenet4j.machine.a64.instruction.Pair;
import org.mobilenet4j.machine.a64.instruction.Prefetch;
import org.mobilenet4j.machine.a64.instruction.Select;

/// Integers, branches, and memory. All registers are used whole, but for reads and writes of fewer bytes.
public abstract sealed class IntegerAssembler extends WordBuffer permits A64Assembler {
    private static final int SHIFTED_NUMBER = 1 << 22;
    private static final int MOST = 4095;
    private static final int UNSIGNED_RIGHT = 0xD3400000, SIGNED_RIGHT = 0x93400000;

    /// `dst = f(a, b)`
    public final void emit(Alu row, Register dst, Register a, Register b) {
        emit(row, dst, a, b, 0);
    }

    /// `dst = f(a, b << places)`
    public final void emit(Alu row, Register dst, Register a, Register b, int places) {
        check(places >= 0 && places < 64, "no shift by " + places);
        word(row.bits() | b.orZero() << 16 | places << 10 | a.orZero() << 5 | dst.orZero());
    }

    /// `dst = f(a, number)`, for numbers from 0 to 4,095 and these times 4,096.
    public final void emit(Alu row, Register dst, Register a, int number) {
        boolean isShifted = number > MOST && (number & MOST) == 0;
        int field = isShifted ? number >> 12 : number;
        check(row.numberBits() != 0 && field >= 0 && field <= MOST, "no " + row + " with " + number);
        boolean setsFlags = row == ADDS || row == SUBS;
        int target = setsFlags ? dst.orZero() : dst.orStack();
        word(row.numberBits() | (isShifted ? SHIFTED_NUMBER : 0) | field << 10 | a.orStack() << 5 | target);
    }

    /// Adds any number in one or two instructions, or more by way of `spare`.
    public final void add(Register dst, Register a, long number, Register spare) {
        long size = Math.abs(number);
        Alu row = number < 0 ? SUB : ADD;
        if (size <= MOST || ((size & MOST) == 0 && size >> 12 <= MOST)) {
            if (size != 0 || dst != a) {
                emit(row, dst, a, (int) size);
            }
        } else if (size >> 12 <= MOST) {
            emit(row, dst, a, (int) (size & ~MOST));
            emit(row, dst, dst, (int) (size & MOST));
        } else {
            mov(spare, size);
            emit(row, dst, a, spare);
        }
    }

    /// Sets the flags for a - b.
    public final void cmp(Register a, Register b) {
        emit(SUBS, Register.ZR, a, b);
    }

    /// Sets the flags for a - number.
    public final void cmp(Register a, int number) {
        emit(SUBS, Register.ZR, a, number);
    }

    /// Copies a register, which may be the stack pointer.
    public final void mov(Register dst, Register src) {
        if (dst == Register.SP || src == Register.SP) {
            emit(ADD, dst, src, 0);
        } else {
            emit(ORR, dst, Register.ZR, src);
        }
    }

    /// Any number, in one to four instructions.
    public final void mov(Register dst, long number) {
        int usual = number < 0 ? 0xFFFF : 0;
        boolean isFirst = true;
        for (int half = 0; half < 4; half++) {
            int bits = (int) (number >>> (16 * half)) & 0xFFFF;
            if (bits == usual) {
                continue;
            }
            if (isFirst) {
                first(dst, number, bits, half);
            } else {
                movk(dst, bits, half);
            }
            isFirst = false;
        }
        if (isFirst) {
            first(dst, number, usual, 0);
        }
    }

    private void first(Register dst, long number, int bits, int half) {
        if (number < 0) {
            movn(dst, ~bits & 0xFFFF, half);
        } else {
            movz(dst, bits, half);
        }
    }

    /// Sets one half-word, and the others to 0.
    public final void movz(Register dst, int bits, int half) {
        wide(0xD2800000, dst, bits, half);
    }

    /// Sets one half-word, and keeps the others.
    public final void movk(Register dst, int bits, int half) {
        wide(0xF2800000, dst, bits, half);
    }

    /// Sets one half-word to the opposite bits, and all others to ones.
    public final void movn(Register dst, int bits, int half) {
        wide(0x92800000, dst, bits, half);
    }

    private void wide(int instruction, Register dst, int bits, int half) {
        check(bits >= 0 && bits <= 0xFFFF && half >= 0 && half < 4, "no half-word " + half + " of " + bits);
        word(instruction | half << 21 | bits << 5 | dst.orZero());
    }

    /// `dst = f(a, b)`
    public final void emit(Data row, Register dst, Register a, Register b) {
        word(row.bits() | b.orZero() << 16 | a.orZero() << 5 | dst.orZero());
    }

    /// `dst = condition ? a : f(b)`
    public final void emit(Select row, Register dst, Register a, Register b, Condition condition) {
        word(row.bits() | b.orZero() << 16 | condition.number() << 12 | a.orZero() << 5 | dst.orZero());
    }

    /// `dst = c + a * b`
    public final void madd(Register dst, Register a, Register b, Register c) {
        word(0x9B000000 | b.orZero() << 16 | c.orZero() << 10 | a.orZero() << 5 | dst.orZero());
    }

    /// `dst = c - a * b`
    public final void msub(Register dst, Register a, Register b, Register c) {
        word(0x9B008000 | b.orZero() << 16 | c.orZero() << 10 | a.orZero() << 5 | dst.orZero());
    }

    /// `dst = src << places`
    public final void lsl(Register dst, Register src, int places) {
        check(places >= 0 && places < 64, "no shift by " + places);
        field(UNSIGNED_RIGHT, dst, src, -places & 63, 63 - places);
    }

    /// `dst = src >>> places`
    public final void lsr(Register dst, Register src, int places) {
        field(UNSIGNED_RIGHT, dst, src, places, 63);
    }

    /// `dst = src >> places`
    public final void asr(Register dst, Register src, int places) {
        field(SIGNED_RIGHT, dst, src, places, 63);
    }

    /// `width` bits from `first` on, not signed.
    public final void ubfx(Register dst, Register src, int first, int width) {
        field(UNSIGNED_RIGHT, dst, src, first, first + width - 1);
    }

    private void field(int instruction, Register dst, Register src, int rotation, int last) {
        check(rotation >= 0 && rotation < 64 && last >= 0 && last < 64, "no bits " + rotation + " to " + last);
        word(instruction | rotation << 16 | last << 10 | src.orZero() << 5 | dst.orZero());
    }

    /// Goes on at the label.
    public final void b(Label label) {
        word(0x14000000, label, 0, 26);
    }

    /// Goes on at the label if the flags say so.
    public final void b(Condition condition, Label label) {
        word(0x54000000 | condition.number(), label, 5, 19);
    }

    /// Goes on at the label if the register is 0.
    public final void cbz(Register register, Label label) {
        word(0xB4000000 | register.orZero(), label, 5, 19);
    }

    /// Goes on at the label unless the register is 0.
    public final void cbnz(Register register, Label label) {
        word(0xB5000000 | register.orZero(), label, 5, 19);
    }

    /// Calls what is at the label.
    public final void bl(Label label) {
        word(0x94000000, label, 0, 26);
    }

    /// Goes on at an address.
    public final void br(Register address) {
        word(0xD61F0000 | address.orZero() << 5);
    }

    /// Calls what is at an address.
    public final void blr(Register address) {
        word(0xD63F0000 | address.orZero() << 5);
    }

    /// Returns to where X30 says.
    public final void ret() {
        word(0xD65F03C0);
    }

    /// Reads or writes a register.
    public final void emit(Memory row, Register register, Address address) {
        memory(row.bits(), row.bytes(), register.orZero(), address);
    }

    /// Reads or writes two registers; the distance is a multiple of 8 bytes, -64 to 63 times.
    public final void emit(Pair row, Register first, Register second, Address address) {
        pair(row.bits(), 8, first.orZero(), second.orZero(), address);
    }

    /// Asks for the cache line there.
    public final void prefetch(Prefetch kind, Address address) {
        check(address.mode() == Address.Mode.STAYS, "prefetching moves no base");
        memory(0xF9800000, 8, kind.bits(), address);
    }

    final void memory(int instruction, int bytes, int register, Address address) {
        int fields = register | address.base().orStack() << 5;
        // Without bit 24, distances count bytes.
        int near = instruction & ~(1 << 24);
        Register index = address.index();
        int offset = address.offset();
        if (index != null) {
            check(address.mode() == Address.Mode.STAYS, "no register moves the base here");
            word(near | 0x00206800 | index.orZero() << 16 | fields);
        } else if (address.mode() == Address.Mode.STAYS
                && offset >= 0
                && offset % bytes == 0
                && offset / bytes <= MOST) {
            word(instruction | (offset / bytes) << 10 | fields);
        } else {
            check(offset >= -256 && offset < 256, "no distance of " + offset + " bytes");
            int mode = switch (address.mode()) {
                case STAYS -> 0;
                case MOVES_AFTER -> 0x400;
                case MOVES_BEFORE -> 0xC00;
            };
            word(near | mode | (offset & 0x1FF) << 12 | fields);
        }
    }

    final void pair(int instruction, int bytes, int first, int second, Address address) {
        int times = address.offset() / bytes;
        check(
                address.index() == null && address.offset() % bytes == 0 && times >= -64 && times < 64,
                "no pair at " + address);
        int mode = switch (address.mode()) {
            case STAYS -> instruction;
            case MOVES_AFTER -> instruction - 0x00800000;
            case MOVES_BEFORE -> instruction + 0x00800000;
        };
        word(mode | (times & 0x7F) << 15 | second << 10 | address.base().orStack() << 5 | first);
    }

    /// What the processor says of its caches.
    public final void cacheType(Register dst) {
        word(0xD53B0020 | dst.orZero());
    }

    /// Writes a line of data back, as far as instructions are read from.
    public final void cleanData(Register address) {
        word(0xD50B7B20 | address.orZero());
    }

    /// Forgets a line of instructions.
    public final void forgetInstructions(Register address) {
        word(0xD50B7520 | address.orZero());
    }

    /// Waits until all processors see what was written or forgotten.
    public final void dataBarrier() {
        word(0xD5033B9F);
    }

    /// Forgets instructions that were read ahead.
    public final void instructionBarrier() {
        word(0xD5033FDF);
    }

    static void check(boolean isRight, String complaint) {
        if (!isRight) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
