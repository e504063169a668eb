package org.mobilenet4j.machine.x64;

import java.util.HexFormat;
import java.util.function.Consumer;

/// One instruction, as our assembler writes it and as text for another one in Intel's syntax.
public record InstructionCase(String text, String bytes) {
    static InstructionCase of(String text, Consumer<X64Assembler> instruction) {
        var assembler = new X64Assembler();
        try {
            instruction.accept(assembler);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(text + ": " + e.getMessage(), e);
        }
        return new InstructionCase(
                text,
                HexFormat.of().withUpperCase().formatHex(assembler.finish().bytes()));
    }
}
