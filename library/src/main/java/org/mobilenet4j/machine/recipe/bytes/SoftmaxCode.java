package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDSS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VDIVSS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMINPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMULPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMULSS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTTPS2DQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPBROADCASTD;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Alu;
import org.mobilenet4j.machine.x64.instruction.BitShift;
import org.mobilenet4j.machine.x64.instruction.Move;

/// [ByteFunction.Softmax]: the largest, the sum of the exponentials in the channels' order, the results of all
/// distances, and then the channels' own.
///
/// @param results where there is room for a byte for each distance from the largest
record SoftmaxCode(X64Assembler a, Isa isa, int channels, ByteFunction.Softmax softmax, Mem results)
        implements ByteMapRecipe.PixelCode {
    /// Distances from the largest.
    static final int DISTANCES = 256;

    private static final Vector SUM = Vector.xmm(0), OTHER = Vector.xmm(1);
    private static final int FACTOR = 2, HALF = 3, MOST = 4, ZERO = 5, LEAST = 6, GREATEST = 7, SHIFT = 8, VALUE = 9;
    /// More than any result, and within what integers hold.
    private static final float ENOUGH = 1 << 20;

    private Vector v(int number) {
        return Vector.of(number, isa.width());
    }

    private void broadcast(int register, int value) {
        a.emit(VPBROADCASTD, v(register), a.constant(value));
    }

    @Override
    public void prepare() {
        broadcast(HALF, Float.floatToRawIntBits(0.5f));
        broadcast(MOST, Float.floatToRawIntBits(ENOUGH));
        broadcast(ZERO, softmax.zeroPoint());
        broadcast(LEAST, softmax.least());
        broadcast(GREATEST, softmax.greatest());
        broadcast(SHIFT, softmax.shift());
    }

    @Override
    public void emit() {
        a.mov(RBX, 0);
        Label next = begin();
        a.emit(Move.MOVZX8, RAX, Mem.at(R14));
        a.emit(Alu.CMP, RBX, RAX);
        a.cmov(Condition.LESS, RBX, RAX);
        end(next);

        a.lea(RBX, Mem.at(RSI, RBX, Float.BYTES, 0));
        a.emit(VXORPS, SUM, SUM, SUM);
        next = begin();
        a.emit(Move.MOVZX8, RAX, Mem.at(R14));
        a.neg(RAX);
        a.emit(VADDSS, SUM, SUM, Mem.at(RBX, RAX, Float.BYTES, 0));
        end(next);
        a.emit(Alu.SUB, RBX, RSI);
        a.emit(BitShift.SHR, RBX, 2);

        table();
        a.lea(RAX, results);
        a.emit(Alu.ADD, RBX, RAX);
        Gpr out = ByteMapRecipe.OUT;
        a.emit(Alu.SUB, out, ByteMapRecipe.INPUTS.getFirst());
        next = begin();
        a.emit(Move.MOVZX8, RAX, Mem.at(R14));
        a.neg(RAX);
        a.emit(Move.MOVZX8, RAX, Mem.at(RBX, RAX, 1, 0));
        a.store(Mem.at(R14, out, 1, 0), RAX, 1);
        end(next);
        a.emit(Alu.ADD, out, ByteMapRecipe.INPUTS.getFirst());
    }

    /// R14 points at one channel after the other.
    private Label begin() {
        a.emit(Move.MOV, R14, ByteMapRecipe.INPUTS.getFirst());
        a.mov(R15, channels);
        return a.here();
    }

    private void end(Label next) {
        a.inc(R14);
        a.dec(R15);
        a.jcc(Condition.NOT_EQUAL, next);
    }

    private void table() {
        a.emit(VMOVSS, OTHER, a.constant(softmax.outScale()));
        a.emit(VMULSS, SUM, SUM, OTHER);
        a.emit(VMOVSS, OTHER, a.constant(1f));
        a.emit(VDIVSS, SUM, OTHER, SUM);
        a.emit(VBROADCASTSS, v(FACTOR), SUM);
        int lanes = isa.width().floats();
        a.mov(R15, DISTANCES / lanes);
        a.emit(Move.MOV, RAX, RSI);
        a.lea(R14, results);
        Label next = a.here();
        Vector value = v(VALUE);
        a.emit(VMULPS, value, v(FACTOR), Mem.at(RAX));
        a.emit(VADDPS, value, value, v(HALF));
        a.emit(VMINPS, value, value, v(MOST));
        a.emit(VCVTTPS2DQ, value, value);
        a.emit(VPADDD, value, value, v(ZERO));
        a.emit(VPMAXSD, value, value, v(LEAST));
        a.emit(VPMINSD, value, value, v(GREATEST));
        a.emit(VPADDD, value, value, v(SHIFT));
        new WidenedLanes(a, isa, lanes, RAX).store(Mem.at(R14), value);
        a.emit(Alu.ADD, RAX, isa.width().bytes());
        a.emit(Alu.ADD, R14, lanes);
        a.dec(R15);
        a.jcc(Condition.NOT_EQUAL, next);
    }
}
