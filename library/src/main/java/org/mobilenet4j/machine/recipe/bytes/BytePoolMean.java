package org.mobilenet4j.machine.recipe.bytes;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.integer.UniformRescaling;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Binary;
import org.mobilenet4j.machine.x64.instruction.Unary;

/// [BytePooling.Mean].
final class BytePoolMean extends BytePoolSums {
    private final UniformRescaling rescaling;

    BytePoolMean(X64Assembler assembler, Isa isa, int channels, UniformRescaling rescaling) {
        super(assembler, isa, channels, Binary.VPADDD);
        this.rescaling = rescaling;
    }

    @Override
    public void begin() {
        super.begin();
        rescaling.prepare(channels);
    }

    @Override
    public void zero() {
        for (int i = 0; i < vectors; i++) {
            a.emit(Unary.VPBROADCASTD, v(i), a.constant(rescaling.bias()));
        }
    }

    @Override
    public void end(Mem out, Gpr count) {
        rescaling.emit(channels, out);
    }
}
