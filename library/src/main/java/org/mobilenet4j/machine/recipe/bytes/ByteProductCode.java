package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMULLD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSUBD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPBROADCASTD;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.integer.UniformRescaling;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// [ByteFunction.Product].
record ByteProductCode(X64Assembler a, Isa isa, int channels, ByteFunction.Product product, UniformRescaling rescaling)
        implements ByteMapRecipe.PixelCode {
    private static final int OTHER = UniformRescaling.VECTORS, ZERO = UniformRescaling.VECTORS + 1;

    private int lanes() {
        return isa.width().floats();
    }

    private int vectors() {
        return Math.ceilDiv(channels, lanes());
    }

    private WidenedLanes lanes(int vector) {
        return new WidenedLanes(a, isa, Math.min(lanes(), channels - vector * lanes()), RBX);
    }

    private Vector v(int number) {
        return Vector.of(number, isa.width());
    }

    @Override
    public void prepare() {
        rescaling.prepare(channels);
        lanes(vectors() - 1).prepare();
    }

    @Override
    public void emit() {
        for (int i = 0; i < vectors(); i++) {
            distance(v(i), 0, i, product.firstZero());
            distance(v(OTHER), 1, i, product.secondZero());
            a.emit(VPMULLD, v(i), v(i), v(OTHER));
        }
        rescaling.emit(channels, Mem.at(ByteMapRecipe.OUT));
    }

    private void distance(Vector value, int input, int vector, int zero) {
        lanes(vector).load(value, Mem.at(ByteMapRecipe.INPUTS.get(input), vector * lanes()));
        a.emit(VPBROADCASTD, v(ZERO), a.constant(zero));
        a.emit(VPSUBD, value, value, v(ZERO));
    }
}
