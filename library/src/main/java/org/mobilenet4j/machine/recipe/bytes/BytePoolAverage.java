package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Binary.VDIVPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSUBD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVD_GPR;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTDQ2PS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTTPS2DQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPBROADCASTD;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Binary;
import org.mobilenet4j.machine.x64.instruction.BitShift;
import org.mobilenet4j.machine.x64.instruction.Move;
import org.mobilenet4j.machine.x64.instruction.Shift;

/// [BytePooling.Average].
final class BytePoolAverage extends BytePoolSums {
    private static final int COUNT = VECTORS + 1, HALF = VECTORS + 2, OFFSET = VECTORS + 3, SIGN = VECTORS + 4;

    private final BytePooling.Average average;

    BytePoolAverage(X64Assembler assembler, Isa isa, int channels, BytePooling.Average average) {
        super(assembler, isa, channels, Binary.VPADDD);
        this.average = average;
    }

    private void broadcast(int register, Gpr value) {
        a.emit(VMOVD_GPR, Vector.xmm(register), value);
        a.emit(VPBROADCASTD, v(register), Vector.xmm(register));
    }

    @Override
    public void end(Mem out, Gpr count) {
        broadcast(COUNT, count);
        a.emit(VCVTDQ2PS, v(COUNT), v(COUNT));
        if (average.offset() != 0) {
            a.imul(RSI, count, average.offset());
            broadcast(OFFSET, RSI);
        }
        a.emit(Move.MOV, RSI, count);
        a.emit(BitShift.SHR, RSI, 1);
        broadcast(HALF, RSI);
        for (int i = 0; i < vectors; i++) {
            divide(v(i));
        }
        with(VPMAXSD, average.least());
        with(VPMINSD, average.greatest());
        if (average.shift() != 0) {
            with(VPADDD, average.shift());
        }
        store(out);
    }

    /// Half of the count goes to the sum's own side of zero; the quotient is cut towards zero.
    private void divide(Vector sum) {
        if (average.offset() == 0) {
            a.emit(VPADDD, sum, sum, v(HALF));
        } else {
            a.emit(VPADDD, sum, sum, v(OFFSET));
            a.emit(Shift.VPSRAD, v(SIGN), sum, Integer.SIZE - 1);
            a.emit(VPADDD, sum, sum, v(SIGN));
            a.emit(VXORPS, sum, sum, v(SIGN));
            a.emit(VPADDD, sum, sum, v(HALF));
            a.emit(VXORPS, sum, sum, v(SIGN));
            a.emit(VPSUBD, sum, sum, v(SIGN));
        }
        a.emit(VCVTDQ2PS, sum, sum);
        a.emit(VDIVPS, sum, sum, v(COUNT));
        a.emit(VCVTTPS2DQ, sum, sum);
    }
}
