package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV32;
import static org.mobilenet4j.machine.x64.instruction.Move.MOVZX16;
import static org.mobilenet4j.machine.x64.instruction.Move.MOVZX8;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// [ByteFunction.Copy]: whole vectors, and a last piece that overlaps the one before it.
record CopyCode(X64Assembler a, int channels) implements ByteMapRecipe.PixelCode {
    private static final Width WIDTH = Width.YMM;

    @Override
    public void prepare() {}

    @Override
    public void emit() {
        Mem in = Mem.at(ByteMapRecipe.INPUTS.getFirst());
        Mem out = Mem.at(ByteMapRecipe.OUT);
        int each = WIDTH.bytes();
        int whole = channels / each;
        if (whole == 1) {
            vector(in, out, WIDTH);
        } else if (whole > 1) {
            a.emit(MOV, R14, ByteMapRecipe.INPUTS.getFirst());
            a.emit(MOV, R15, ByteMapRecipe.OUT);
            a.mov(RBX, whole);
            Label next = a.here();
            vector(Mem.at(R14), Mem.at(R15), WIDTH);
            a.emit(ADD, R14, each);
            a.emit(ADD, R15, each);
            a.dec(RBX);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        int rest = channels % each;
        if (rest != 0 && whole > 0) {
            vector(in.plus(channels - each), out.plus(channels - each), WIDTH);
        } else if (rest != 0) {
            int piece = Integer.highestOneBit(rest);
            piece(in, out, piece);
            if (piece < rest) {
                piece(in.plus(rest - piece), out.plus(rest - piece), piece);
            }
        }
    }

    private void vector(Mem in, Mem out, Width width) {
        a.emit(VMOVUPS, Vector.of(0, width), in);
        a.emit(VMOVUPS_STORE, out, Vector.of(0, width));
    }

    private void piece(Mem in, Mem out, int bytes) {
        switch (bytes) {
            case 1 -> a.emit(MOVZX8, RAX, in);
            case 2 -> a.emit(MOVZX16, RAX, in);
            case 4 -> a.emit(MOV32, RAX, in);
            case 8 -> a.emit(MOV, RAX, in);
            default -> {
                vector(in, out, Width.XMM);
                return;
            }
        }
        a.store(out, RAX, bytes);
    }
}
