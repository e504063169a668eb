package org.mobilenet4j.machine.x64;

/// What an instruction reads or writes in the one place where it may be memory.
public sealed interface Operand permits Vector, Mem {}
