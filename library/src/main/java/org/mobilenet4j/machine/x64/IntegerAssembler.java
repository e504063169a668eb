package org.mobilenet4j.machine.x64;

import org.mobilenet4j.machine.x64.instruction.Alu;
import org.mobilenet4j.machine.x64.instruction.BitShift;
import org.mobilenet4j.machine.x64.instruction.Move;

/// Instructions on general registers, jumps, calls and prefetches.
public abstract sealed class IntegerAssembler extends CodeBuffer permits X64Assembler {
    /// ModRM of two registers.
    private static final int REGISTERS = 0xC0;

    // Moves

    /// `dst = src`, converted as the row says.
    public final void emit(Move row, Gpr dst, Gpr src) {
        // SIL and its like need a prefix, without which their numbers mean AH and its like.
        boolean needsRex = row.bytes() == 1 && src.number() >= 4;
        rex(row.isLong(), dst.number(), 0, high(src), needsRex);
        opcode(row.opcode());
        modRm(dst.number(), src);
    }

    /// `dst = src`, converted as the row says.
    public final void emit(Move row, Gpr dst, Mem src) {
        memory(row.isLong(), row.opcode(), dst.number(), src, 0);
    }

    /// Writes the low 1, 2, 4 or 8 bytes of the register.
    public final void store(Mem dst, Gpr src, int bytes) {
        switch (bytes) {
            case 1 -> {
                rex(false, src.number(), high(dst.index()), high(dst.base()), src.number() >= 4);
                emit8(0x88);
                emitMemory(src.number(), dst, 1, 0);
            }
            case 2 -> {
                emit8(0x66);
                memory(false, 0x89, src.number(), dst, 0);
            }
            case 4 -> memory(false, 0x89, src.number(), dst, 0);
            case 8 -> memory(true, 0x89, src.number(), dst, 0);
            default -> throw new IllegalArgumentException("a store has 1, 2, 4 or 8 bytes, not " + bytes);
        }
    }

    /// `dst = value`, in as few bytes as it needs. The flags stay.
    public final void mov(Gpr dst, long value) {
        if (value >>> 32 == 0) {
            rex(false, 0, 0, high(dst), false);
            emit8(0xB8 | (dst.number() & 7));
            emit32((int) value);
        } else if (value == (int) value) {
            rex(true, 0, 0, high(dst), false);
            emit8(0xC7);
            modRm(0, dst);
            emit32((int) value);
        } else {
            rex(true, 0, 0, high(dst), false);
            emit8(0xB8 | (dst.number() & 7));
            emit64(value);
        }
    }

    /// `dst =` the address of `src`.
    public final void lea(Gpr dst, Mem src) {
        memory(true, 0x8D, dst.number(), src, 0);
    }

    /// `dst = src` if the condition holds.
    public final void cmov(Condition condition, Gpr dst, Gpr src) {
        rex(true, dst.number(), 0, high(src), false);
        opcode(0x0F40 | condition.number());
        modRm(dst.number(), src);
    }

    public final void push(Gpr register) {
        rex(false, 0, 0, high(register), false);
        emit8(0x50 | (register.number() & 7));
    }

    public final void pop(Gpr register) {
        rex(false, 0, 0, high(register), false);
        emit8(0x58 | (register.number() & 7));
    }

    // Arithmetic

    /// `dst = dst op src`, or a comparison of the two.
    public final void emit(Alu row, Gpr dst, Gpr src) {
        rex(row.isLong(), dst.number(), 0, high(src), false);
        emit8(row.digit() << 3 | 3);
        modRm(dst.number(), src);
    }

    /// `dst = dst op src`.
    public final void emit(Alu row, Gpr dst, Mem src) {
        memory(row.isLong(), row.digit() << 3 | 3, dst.number(), src, 0);
    }

    /// `dst = dst op src`, in memory.
    public final void emit(Alu row, Mem dst, Gpr src) {
        memory(row.isLong(), row.digit() << 3 | 1, src.number(), dst, 0);
    }

    /// `dst = dst op value`, of which 64 bits get the sign's.
    public final void emit(Alu row, Gpr dst, int value) {
        rex(row.isLong(), 0, 0, high(dst), false);
        if (value == (byte) value) {
            emit8(0x83);
            modRm(row.digit(), dst);
            emit8(value);
        } else if (dst == Gpr.RAX) {
            emit8(row.digit() << 3 | 5);
            emit32(value);
        } else {
            emit8(0x81);
            modRm(row.digit(), dst);
            emit32(value);
        }
    }

    /// `dst = dst op value`, in memory.
    public final void emit(Alu row, Mem dst, int value) {
        boolean isByte = value == (byte) value;
        memory(row.isLong(), isByte ? 0x83 : 0x81, row.digit(), dst, isByte ? 1 : 4);
        if (isByte) {
            emit8(value);
        } else {
            emit32(value);
        }
    }

    /// Shifts by 0 to 63 bits.
    public final void emit(BitShift row, Gpr dst, int bits) {
        rex(true, 0, 0, high(dst), false);
        if (bits == 1) {
            emit8(0xD1);
            modRm(row.digit(), dst);
        } else {
            emit8(0xC1);
            modRm(row.digit(), dst);
            emit8(bits);
        }
    }

    /// Shifts by the number in CL.
    public final void emit(BitShift row, Gpr dst) {
        rex(true, 0, 0, high(dst), false);
        emit8(0xD3);
        modRm(row.digit(), dst);
    }

    /// `dst = src * factor`.
    public final void imul(Gpr dst, Gpr src, int factor) {
        rex(true, dst.number(), 0, high(src), false);
        boolean isByte = factor == (byte) factor;
        emit8(isByte ? 0x6B : 0x69);
        modRm(dst.number(), src);
        if (isByte) {
            emit8(factor);
        } else {
            emit32(factor);
        }
    }

    public final void inc(Gpr register) {
        single(0xFF, 0, register);
    }

    public final void dec(Gpr register) {
        single(0xFF, 1, register);
    }

    public final void neg(Gpr register) {
        single(0xF7, 3, register);
    }

    public final void not(Gpr register) {
        single(0xF7, 2, register);
    }

    /// Sets the flags by the bits that both have.
    public final void test(Gpr a, Gpr b) {
        rex(true, b.number(), 0, high(a), false);
        emit8(0x85);
        modRm(b.number(), a);
    }

    /// Number of zeros below the lowest bit that is set; 64 without any.
    public final void tzcnt(Gpr dst, Gpr src) {
        emit8(0xF3);
        rex(true, dst.number(), 0, high(src), false);
        opcode(0x0FBC);
        modRm(dst.number(), src);
    }

    // Jumps

    /// Goes on at the label.
    public final void jmp(Label label) {
        jump(label, 0xEB, 0xE9);
    }

    /// Goes on at the label if the condition holds.
    public final void jcc(Condition condition, Label label) {
        jump(label, 0x70 | condition.number(), 0x0F80 | condition.number());
    }

    /// Goes on at the address in the register.
    public final void jmp(Gpr address) {
        rex(false, 0, 0, high(address), false);
        emit8(0xFF);
        modRm(4, address);
    }

    /// Calls what is at the label.
    public final void call(Label label) {
        emit8(0xE8);
        emitFar(label, 0, 0);
    }

    /// Calls what the register points at.
    public final void call(Gpr address) {
        rex(false, 0, 0, high(address), false);
        emit8(0xFF);
        modRm(2, address);
    }

    public final void ret() {
        emit8(0xC3);
    }

    private void jump(Label label, int near, int far) {
        // Two bytes reach back as far as -128, counted from behind them.
        if (label.isBound() ? label.position() - (size() + 2) >= Byte.MIN_VALUE : label.isNear()) {
            emit8(near);
            if (label.isBound()) {
                emit8(label.position() - (size() + 1));
            } else {
                emitNear(label);
            }
        } else {
            opcode(far);
            emitFar(label, 0, 0);
        }
    }

    // Others

    /// Asks for a cache line, into all levels.
    public final void prefetcht0(Mem mem) {
        memory(false, 0x0F18, 1, mem, 0);
    }

    /// Asks for a cache line, into the second level.
    public final void prefetcht1(Mem mem) {
        memory(false, 0x0F18, 2, mem, 0);
    }

    /// Asks for a cache line that is going to be written.
    public final void prefetchw(Mem mem) {
        memory(false, 0x0F0D, 1, mem, 0);
    }

    /// Fills EAX, EBX, ECX and EDX with what the processor says of itself about EAX and ECX.
    public final void cpuid() {
        opcode(0x0FA2);
    }

    /// Fills EDX:EAX with which registers the system saves, for ECX = 0.
    public final void xgetbv() {
        opcode(0x0F01);
        emit8(0xD0);
    }

    private void single(int opcode, int digit, Gpr register) {
        rex(true, 0, 0, high(register), false);
        emit8(opcode);
        modRm(digit, register);
    }

    private void memory(boolean isLong, int opcode, int register, Mem mem, int trailing) {
        if (mem.isBroadcast()) {
            throw new IllegalArgumentException("a general register has no lanes to broadcast to");
        }
        rex(isLong, register, high(mem.index()), high(mem.base()), false);
        opcode(opcode);
        emitMemory(register, mem, 1, trailing);
    }

    private void modRm(int register, Gpr other) {
        emit8(REGISTERS | (register & 7) << 3 | (other.number() & 7));
    }

    private void rex(boolean isLong, int register, int index, int base, boolean isNeeded) {
        int bits = (isLong ? 8 : 0) | (register >> 3) << 2 | index << 1 | base;
        if (bits != 0 || isNeeded) {
            emit8(0x40 | bits);
        }
    }

    private void opcode(int opcode) {
        if (opcode > 0xFF) {
            emit8(opcode >> 8);
        }
        emit8(opcode);
    }
}
