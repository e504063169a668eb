package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD32;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV32;
import static org.mobilenet4j.machine.x64.instruction.Move.MOVZX8;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.integer.UniformRescaling;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Unary;

/// [ByteFunction.Sum]: sums byte by byte, rescaled in vectors.
///
/// @param sums where there is room for a sum of each channel
record ByteSumCode(X64Assembler a, Isa isa, int channels, Mem sums, UniformRescaling rescaling)
        implements ByteMapRecipe.PixelCode {
    private static final int TABLE = 256 * Integer.BYTES;

    @Override
    public void prepare() {
        rescaling.prepare(channels);
    }

    @Override
    public void emit() {
        for (int c = 0; c < channels; c++) {
            a.emit(MOVZX8, RAX, Mem.at(ByteMapRecipe.INPUTS.get(0), c));
            a.emit(MOV32, RBX, Mem.at(RSI, RAX, Integer.BYTES, 0));
            a.emit(MOVZX8, RAX, Mem.at(ByteMapRecipe.INPUTS.get(1), c));
            a.emit(ADD32, RBX, Mem.at(RSI, RAX, Integer.BYTES, TABLE));
            a.store(sums.plus(Integer.BYTES * c), RBX, Integer.BYTES);
        }
        int vectors = Math.ceilDiv(channels, isa.width().floats());
        for (int i = 0; i < vectors; i++) {
            a.emit(
                    Unary.VMOVUPS,
                    Vector.of(i, isa.width()),
                    sums.plus(i * isa.width().bytes()));
        }
        rescaling.emit(channels, Mem.at(ByteMapRecipe.OUT));
    }
}
