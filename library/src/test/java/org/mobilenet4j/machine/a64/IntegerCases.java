package org.mobilenet4j.machine.a64;

import static org.mobilenet4j.machine.a64.Register.SP;
import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.X15;
import static org.mobilenet4j.machine.a64.Register.X17;
import static org.mobilenet4j.machine.a64.Register.X28;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X7;
import static org.mobilenet4j.machine.a64.Register.ZR;

import java.util.Locale;
import org.mobilenet4j.machine.a64.instruction.Alu;
import org.mobilenet4j.machine.a64.instruction.Data;
import org.mobilenet4j.machine.a64.instruction.Memory;
import org.mobilenet4j.machine.a64.instruction.Pair;
import org.mobilenet4j.machine.a64.instruction.Prefetch;
import org.mobilenet4j.machine.a64.instruction.Select;

/// Integers, memory, and branches, with operands at their ends.
final class IntegerCases extends Cases {
    IntegerCases() {
        alu();
        others();
        numbers();
        memory();
        branches();
    }

    private static String of(Register register) {
        return OperandText.of(register);
    }

    private void alu() {
        for (Alu row : Alu.values()) {
            String name = row.mnemonic() + " ";
            add(name + "x0, x30, x7", a -> a.emit(row, X0, X30, X7));
            add(name + "x30, x1, x28, lsl #63", a -> a.emit(row, X30, X1, X28, 63));
            add(name + "x17, x15, xzr, lsl #1", a -> a.emit(row, X17, X15, ZR, 1));
            if (row.numberBits() != 0) {
                boolean setsFlags = row == Alu.ADDS || row == Alu.SUBS;
                Register dst = setsFlags ? X28 : SP;
                for (int number : new int[] {0, 1, 4095, 4096, 4095 << 12, 0x123000}) {
                    add(name + of(dst) + ", sp, #" + number, a -> a.emit(row, dst, SP, number));
                    add(name + "x0, x30, #" + number, a -> a.emit(row, X0, X30, number));
                }
            }
        }
    }

    private void others() {
        for (Data row : Data.values()) {
            add(row.mnemonic() + " x0, x30, x7", a -> a.emit(row, X0, X30, X7));
            add(row.mnemonic() + " x28, x1, x15", a -> a.emit(row, X28, X1, X15));
        }
        for (Condition condition : Condition.values()) {
            String name = condition.name().toLowerCase(Locale.ROOT);
            for (Select row : Select.values()) {
                add(row.mnemonic() + " x17, x30, xzr, " + name, a -> a.emit(row, X17, X30, ZR, condition));
            }
            add("b." + name + " .", a -> a.b(condition, a.here()));
        }
        add("madd x0, x30, x7, x28", a -> a.madd(X0, X30, X7, X28));
        add("madd x28, x1, x15, xzr", a -> a.madd(X28, X1, X15, ZR));
        add("msub x0, x30, x7, x28", a -> a.msub(X0, X30, X7, X28));
        add("cmp x30, x17", a -> a.cmp(X30, X17));
        add("cmp x30, #4095", a -> a.cmp(X30, 4095));
        add("mov x30, x7", a -> a.mov(X30, X7));
        add("mov sp, x29", a -> a.mov(SP, Register.X29));
        add("mov x29, sp", a -> a.mov(Register.X29, SP));
        for (int places : new int[] {0, 1, 31, 32, 63}) {
            add("lsl x0, x30, #" + places, a -> a.lsl(X0, X30, places));
            add("lsr x17, x1, #" + places, a -> a.lsr(X17, X1, places));
            add("asr x30, x28, #" + places, a -> a.asr(X30, X28, places));
        }
        add("ubfx x0, x30, #16, #4", a -> a.ubfx(X0, X30, 16, 4));
        add("ubfx x17, x1, #0, #64", a -> a.ubfx(X17, X1, 0, 64));
        add("ubfx x17, x1, #63, #1", a -> a.ubfx(X17, X1, 63, 1));
        add("mrs x17, ctr_el0", a -> a.cacheType(X17));
        add("dc cvau, x28", a -> a.cleanData(X28));
        add("ic ivau, x28", a -> a.forgetInstructions(X28));
        add("dsb ish", A64Assembler::dataBarrier);
        add("isb", A64Assembler::instructionBarrier);
    }

    private void numbers() {
        for (int half = 0; half < 4; half++) {
            int h = half;
            add("movz x30, #65535, lsl #" + 16 * half, a -> a.movz(X30, 0xFFFF, h));
            add("movk x0, #4660, lsl #" + 16 * half, a -> a.movk(X0, 4660, h));
            add("movn x17, #1, lsl #" + 16 * half, a -> a.movn(X17, 1, h));
        }
        add("mov x7, #0", a -> a.mov(X7, 0));
        add("mov x7, #65535", a -> a.mov(X7, 65535));
        add("mov x7, #65536", a -> a.mov(X7, 65536));
        add("mov x7, #-1", a -> a.mov(X7, -1));
        add("mov x7, #-65536", a -> a.mov(X7, -65536));
        add("mov x7, #-65537", a -> a.mov(X7, -65537));
        add("mov x7, #0x123400000000", a -> a.mov(X7, 0x123400000000L));
    }

    private void memory() {
        int turn = 0;
        for (Memory row : Memory.values()) {
            boolean isHalf =
                    row == Memory.STR_W || row == Memory.LDR_W || row.mnemonic().matches("(str|ldr)[bh]");
            for (Address address : addresses(row.bytes())) {
                Register register = new Register[] {X0, X30, X15, ZR}[turn++ % 4];
                String name = isHalf ? OperandText.half(register) : of(register);
                add(row.mnemonic() + " " + name + ", " + OperandText.of(address), a -> a.emit(row, register, address));
            }
        }
        for (Pair row : Pair.values()) {
            for (Address address : pairs(8)) {
                add(row.mnemonic() + " x30, x0, " + OperandText.of(address), a -> a.emit(row, X30, X0, address));
            }
        }
        for (Prefetch row : Prefetch.values()) {
            String name = "prfm " + row.mnemonic() + ", ";
            for (Address address :
                    new Address[] {Address.at(SP), Address.at(X7, 32760), Address.at(X28, -256), Address.at(X1, X30)}) {
                add(name + OperandText.of(address), a -> a.prefetch(row, address));
            }
        }
    }

    static Address[] addresses(int bytes) {
        return new Address[] {
            Address.at(X7),
            Address.at(SP, bytes),
            Address.at(X28, 4095 * bytes),
            Address.at(X1, -256),
            Address.at(X17, -1),
            Address.at(X7, X30),
            Address.at(SP, X1),
            Address.before(X28, -256),
            Address.before(SP, 255),
            Address.after(X17, 255),
            Address.after(SP, -256),
            bytes == 1 ? Address.at(X7, 100) : Address.at(X7, 255)
        };
    }

    static Address[] pairs(int bytes) {
        return new Address[] {
            Address.at(X7),
            Address.at(SP, 63 * bytes),
            Address.at(X28, -64 * bytes),
            Address.before(SP, -64 * bytes),
            Address.after(X17, 63 * bytes)
        };
    }

    private void branches() {
        add("b .", a -> a.b(a.here()));
        add("bl .", a -> a.bl(a.here()));
        add("cbz x30, .", a -> a.cbz(X30, a.here()));
        add("cbnz x17, .", a -> a.cbnz(X17, a.here()));
        add("br x17", a -> a.br(X17));
        add("blr x30", a -> a.blr(X30));
        add("ret", A64Assembler::ret);
    }
}
