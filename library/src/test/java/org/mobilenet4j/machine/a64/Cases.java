package org.mobilenet4j.machine.a64;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.mobilenet4j.machine.x64.InstructionCase;

/// Instructions that are compared, as they are collected.
class Cases {
    static final int[][] REGISTERS = {{0, 1, 2}, {31, 30, 29}, {15, 16, 8}, {8, 31, 0}, {21, 10, 31}};

    private final List<InstructionCase> cases = new ArrayList<>();
    private int turn;

    /// All of them, in the order in which `instructions.txt` holds them.
    static List<InstructionCase> all() {
        var all = new ArrayList<>(new IntegerCases().list());
        all.addAll(new VectorCases().list());
        return all;
    }

    /// Prints them for another assembler: see scripts/assembler-bytes.
    static void main() {
        IO.print(source(all()));
    }

    static String source(List<InstructionCase> cases) {
        var text = new StringBuilder(".arch armv8.2-a+dotprod\n");
        cases.forEach(each -> text.append(each.text()).append('\n'));
        return text.toString();
    }

    final List<InstructionCase> list() {
        return cases;
    }

    /// Register numbers at the ends of their file and between, which take turns.
    final int[] next() {
        return REGISTERS[turn++ % REGISTERS.length];
    }

    final void add(String text, Consumer<A64Assembler> instruction) {
        cases.add(new InstructionCase(text, hex(text, instruction)));
    }

    private static String hex(String text, Consumer<A64Assembler> instruction) {
        var assembler = new A64Assembler();
        try {
            instruction.accept(assembler);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(text + ": " + e.getMessage(), e);
        }
        return HexFormat.of().withUpperCase().formatHex(assembler.finish().bytes());
    }
}
