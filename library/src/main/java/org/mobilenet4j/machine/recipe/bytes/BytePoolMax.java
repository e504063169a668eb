package org.mobilenet4j.machine.recipe.bytes;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Binary;

/// [BytePooling.Max].
final class BytePoolMax extends BytePoolSums {
    BytePoolMax(X64Assembler assembler, Isa isa, int channels) {
        super(assembler, isa, channels, Binary.VPMAXSD);
    }

    @Override
    public void end(Mem out, Gpr count) {
        store(out);
    }
}
