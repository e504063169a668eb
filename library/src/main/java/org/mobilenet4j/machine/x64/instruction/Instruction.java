package org.mobilenet4j.machine.x64.instruction;

import java.util.Locale;

/// A row of a table.
public interface Instruction {
    /// How it is written down.
    Encoding encoding();

    /// The enum constant's name.
    String name();

    /// What an assembler calls it. `_STORE` and `_GPR` tell apart rows that assemblers tell apart by their
    /// operands;
    /// `_AVX` asks
    /// for the VEX encoding where EVEX is the usual one.
    default String mnemonic() {
        String name = name().toLowerCase(Locale.ROOT);
        int end = name.indexOf('_');
        return (name.endsWith("_avx") ? "{vex} " : "") + (end < 0 ? name : name.substring(0, end));
    }
}
