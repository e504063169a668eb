package org.mobilenet4j.machine.a64.instruction;

import java.util.Locale;

/// A row of a table.
public interface Instruction {
    /// All bits but those of its operands.
    int bits();

    /// The enum constant's name.
    String name();

    /// What an assembler calls it. What follows `_` tells apart rows that assemblers tell apart by their operands.
    default String mnemonic() {
        String name = name().toLowerCase(Locale.ROOT);
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }
}
