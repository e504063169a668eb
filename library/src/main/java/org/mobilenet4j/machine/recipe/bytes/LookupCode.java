package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Move.MOVZX8;

import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// [ByteFunction.Lookup], byte by byte.
record LookupCode(X64Assembler a, int channels) implements ByteMapRecipe.PixelCode {
    private static final int UNROLLED = 8;

    @Override
    public void prepare() {}

    @Override
    public void emit() {
        a.emit(MOV, R14, ByteMapRecipe.INPUTS.getFirst());
        a.emit(MOV, R15, ByteMapRecipe.OUT);
        if (channels >= UNROLLED) {
            a.mov(RBX, channels / UNROLLED);
            Label next = a.here();
            bytes(UNROLLED);
            a.emit(ADD, R14, UNROLLED);
            a.emit(ADD, R15, UNROLLED);
            a.dec(RBX);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        bytes(channels % UNROLLED);
    }

    private void bytes(int count) {
        for (int i = 0; i < count; i++) {
            a.emit(MOVZX8, RAX, Mem.at(R14, i));
            a.emit(MOVZX8, RAX, Mem.at(RSI, RAX, 1, 0));
            a.store(Mem.at(R15, i), RAX, 1);
        }
    }
}
