package org.mobilenet4j.machine.x64;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.mobilenet4j.machine.x64.instruction.Alu;
import org.mobilenet4j.machine.x64.instruction.BitShift;
import org.mobilenet4j.machine.x64.instruction.Move;

/// Every instruction on general registers.
final class IntegerCases {
    private static final Gpr[] ENDS = {Gpr.RAX, Gpr.RSP, Gpr.RBP, Gpr.RSI, Gpr.RDI, Gpr.R8, Gpr.R12, Gpr.R13, Gpr.R15};
    private static final String[] CONDITIONS = {
        "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"
    };

    private final List<InstructionCase> cases = new ArrayList<>();

    static List<InstructionCase> all() {
        var all = new IntegerCases();
        all.moves();
        all.arithmetic();
        all.singles();
        all.conditions();
        all.prefetches();
        return all.cases;
    }

    private void add(String text, Consumer<X64Assembler> instruction) {
        cases.add(InstructionCase.of(text, instruction));
    }

    private static Gpr end(int turn) {
        return ENDS[turn % ENDS.length];
    }

    private static String name(Gpr register) {
        return OperandText.of(register, 8);
    }

    private void moves() {
        for (Move row : Move.values()) {
            String name = mnemonic(row);
            int dstBytes = row.isLong() ? 8 : 4;
            for (int i = 0; i < ENDS.length; i++) {
                Gpr dst = end(i);
                Gpr src = end(i * 4 + 1);
                add(
                        "{load} " + name + OperandText.of(dst, dstBytes) + ", " + OperandText.of(src, row.bytes()),
                        a -> a.emit(row, dst, src));
            }
            for (int i = 0; i < 18; i++) {
                Gpr dst = end(i);
                Mem mem = OperandCases.memory(i, 1);
                add(
                        name + OperandText.of(dst, dstBytes) + ", " + OperandText.of(mem, row.bytes()),
                        a -> a.emit(row, dst, mem));
            }
        }
        for (int bytes = 1; bytes <= 8; bytes *= 2) {
            int size = bytes;
            for (int i = 0; i < 18; i++) {
                Gpr src = end(i);
                Mem mem = OperandCases.memory(i, 1);
                add(
                        "mov " + OperandText.of(mem, size) + ", " + OperandText.of(src, size),
                        a -> a.store(mem, src, size));
            }
        }
        for (int i = 0; i < 18; i++) {
            Gpr dst = end(i);
            Mem mem = OperandCases.memory(i, 1);
            add("lea " + name(dst) + ", " + OperandText.of(mem, 0), a -> a.lea(dst, mem));
        }
        for (Gpr dst : ENDS) {
            for (long value : new long[] {0, 1, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL}) {
                add("mov " + OperandText.of(dst, 4) + ", " + value, a -> a.mov(dst, value));
            }
            for (long value : new long[] {-1, Integer.MIN_VALUE}) {
                add("mov " + name(dst) + ", " + value, a -> a.mov(dst, value));
            }
            for (long value : new long[] {0x100000000L, Integer.MIN_VALUE - 1L, Long.MIN_VALUE, Long.MAX_VALUE}) {
                add("movabs " + name(dst) + ", " + value, a -> a.mov(dst, value));
            }
        }
    }

    private static String mnemonic(Move row) {
        return switch (row) {
            case MOV, MOV32 -> "mov ";
            case MOVSXD -> "movsxd ";
            case MOVSX8, MOVSX16 -> "movsx ";
            case MOVZX8, MOVZX16 -> "movzx ";
            case IMUL -> "imul ";
        };
    }

    private void arithmetic() {
        for (Alu row : Alu.values()) {
            String name = row.name().replace("32", "").toLowerCase(Locale.ROOT) + " ";
            int bytes = row.isLong() ? 8 : 4;
            for (int i = 0; i < ENDS.length; i++) {
                Gpr dst = end(i);
                Gpr src = end(i * 5 + 2);
                String first = OperandText.of(dst, bytes);
                add("{load} " + name + first + ", " + OperandText.of(src, bytes), a -> a.emit(row, dst, src));
                for (int value : new int[] {127, -128, 128, Integer.MIN_VALUE}) {
                    add(name + first + ", " + value, a -> a.emit(row, dst, value));
                }
            }
            for (int i = 0; i < 18; i++) {
                Gpr register = end(i);
                Mem mem = OperandCases.memory(i, 1);
                String place = OperandText.of(mem, bytes);
                String text = OperandText.of(register, bytes);
                add(name + text + ", " + place, a -> a.emit(row, register, mem));
                add(name + place + ", " + text, a -> a.emit(row, mem, register));
                int value = i % 2 == 0 ? -5 : 1000;
                add(name + place + ", " + value, a -> a.emit(row, mem, value));
            }
        }
        for (BitShift row : BitShift.values()) {
            String name = row.name().toLowerCase(Locale.ROOT) + " ";
            for (Gpr dst : ENDS) {
                for (int bits : new int[] {1, 2, 63}) {
                    add(name + name(dst) + ", " + bits, a -> a.emit(row, dst, bits));
                }
                add(name + name(dst) + ", cl", a -> a.emit(row, dst));
            }
        }
    }

    private void singles() {
        for (int i = 0; i < ENDS.length; i++) {
            Gpr dst = end(i);
            Gpr src = end(i * 4 + 1);
            String first = name(dst);
            String second = name(src);
            add("imul " + first + ", " + second + ", 127", a -> a.imul(dst, src, 127));
            add("imul " + first + ", " + second + ", -1000", a -> a.imul(dst, src, -1000));
            add("inc " + first, a -> a.inc(dst));
            add("dec " + first, a -> a.dec(dst));
            add("neg " + first, a -> a.neg(dst));
            add("not " + first, a -> a.not(dst));
            add("test " + first + ", " + second, a -> a.test(dst, src));
            add("tzcnt " + first + ", " + second, a -> a.tzcnt(dst, src));
            add("push " + first, a -> a.push(dst));
            add("pop " + first, a -> a.pop(dst));
            add("jmp " + first, a -> a.jmp(dst));
            add("call " + first, a -> a.call(dst));
        }
        add("ret", X64Assembler::ret);
        add("cpuid", X64Assembler::cpuid);
        add("xgetbv", X64Assembler::xgetbv);
    }

    private void conditions() {
        for (Condition condition : Condition.values()) {
            String suffix = CONDITIONS[condition.number()];
            Gpr dst = end(condition.number());
            Gpr src = end(condition.number() * 4 + 1);
            add("cmov" + suffix + " " + name(dst) + ", " + name(src), a -> a.cmov(condition, dst, src));
            // A jump to itself, which other assemblers call "."
            add("j" + suffix + " .", a -> a.jcc(condition, a.here()));
        }
        add("jmp .", a -> a.jmp(a.here()));
        add("call .", a -> a.call(a.here()));
    }

    private void prefetches() {
        for (int i = 0; i < 18; i++) {
            Mem mem = OperandCases.memory(i, 1);
            String place = OperandText.of(mem, 1);
            add("prefetcht0 " + place, a -> a.prefetcht0(mem));
            add("prefetcht1 " + place, a -> a.prefetcht1(mem));
            add("prefetchw " + place, a -> a.prefetchw(mem));
        }
    }
}
