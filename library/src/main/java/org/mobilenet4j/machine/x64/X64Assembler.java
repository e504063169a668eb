package org.mobilenet4j.machine.x64;

import org.mobilenet4j.machine.x64.instruction.Binary;
import org.mobilenet4j.machine.x64.instruction.BinaryImm;
import org.mobilenet4j.machine.x64.instruction.Compare;
import org.mobilenet4j.machine.x64.instruction.Encoding;
import org.mobilenet4j.machine.x64.instruction.GprMove;
import org.mobilenet4j.machine.x64.instruction.MaskMove;
import org.mobilenet4j.machine.x64.instruction.MaskOp;
import org.mobilenet4j.machine.x64.instruction.Shift;
import org.mobilenet4j.machine.x64.instruction.Store;
import org.mobilenet4j.machine.x64.instruction.StoreImm;
import org.mobilenet4j.machine.x64.instruction.Test;
import org.mobilenet4j.machine.x64.instruction.Tuple;
import org.mobilenet4j.machine.x64.instruction.Unary;
import org.mobilenet4j.machine.x64.instruction.UnaryImm;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Writes x86-64 code: `a.emit(VADDPS, zmm(0), zmm(1), Mem.at(RDI))`. The destination comes first, as in Intel's
/// manuals; the tables of instructions are in `machine.x64.instruction`. VEX is taken where it will
/// do, EVEX elsewhere. Operands that an instruction does not have are an [IllegalArgumentException].
public final class X64Assembler extends IntegerAssembler {
    private final VectorEncoder encoder = new VectorEncoder(this);

    /// `dst = f(a, b)`.
    public void emit(Binary row, Vector dst, Vector a, Operand b) {
        binary(row.encoding(), dst, a, b, VectorEncoder.NONE);
    }

    /// `dst = f(a, b, value)`.
    public void emit(BinaryImm row, Vector dst, Vector a, Operand b, int value) {
        binary(row.encoding(), dst, a, b, value & 0xFF);
    }

    private void binary(Encoding encoding, Vector dst, Vector a, Operand b, int value) {
        encoder.checkSame(dst, a);
        encoder.checkSource(encoding, dst.width(), b);
        encoder.emit(encoding, dst.width(), dst.number(), a.number(), b, dst, value);
    }

    /// `dst = f(src)`.
    public void emit(Unary row, Vector dst, Operand src) {
        if (row.isLoad() && !(src instanceof Mem)) {
            throw new IllegalArgumentException(row + " reads memory");
        }
        unary(row.encoding(), dst, src, VectorEncoder.NONE);
    }

    /// `dst = f(src, value)`.
    public void emit(UnaryImm row, Vector dst, Operand src, int value) {
        unary(row.encoding(), dst, src, value & 0xFF);
    }

    private void unary(Encoding encoding, Vector dst, Operand src, int value) {
        Width width = encoding.isNarrowing() ? encoder.widthOfSource(dst, src) : dst.width();
        encoder.checkSource(encoding, width, src);
        encoder.emit(encoding, width, dst.number(), 0, src, dst, value);
    }

    /// `dst = src` shifted by `bits`.
    public void emit(Shift row, Vector dst, Operand src, int bits) {
        encoder.checkSource(row.immediate(), dst.width(), src);
        encoder.emit(row.immediate(), dst.width(), row.digit(), dst.number(), src, dst, bits & 0xFF);
    }

    /// `dst = src` shifted by the low 64 bits of `bits`, which is 128 bits wide.
    public void emit(Shift row, Vector dst, Vector src, Operand bits) {
        binary(row.encoding(), dst, src, bits, VectorEncoder.NONE);
    }

    /// Writes `src`, or what becomes of it; a mask of `src` says which lanes.
    public void emit(Store row, Operand dst, Vector src) {
        if (row.isMemoryOnly() && !(dst instanceof Mem)) {
            throw new IllegalArgumentException(row + " writes memory");
        }
        store(row.encoding(), dst, src, VectorEncoder.NONE);
    }

    /// Writes the part of `src` that `value` says.
    public void emit(StoreImm row, Operand dst, Vector src, int value) {
        store(row.encoding(), dst, src, value & 0xFF);
    }

    private void store(Encoding encoding, Operand dst, Vector src, int value) {
        encoder.checkSource(encoding, src.width(), dst);
        Vector masked = dst instanceof Vector vector ? vector : src;
        if (dst instanceof Mem && masked.isZeroing()) {
            throw new IllegalArgumentException("memory keeps what it holds where the mask is clear");
        }
        encoder.emit(encoding, src.width(), src.number(), 0, dst, masked, value);
    }

    /// Writes the lanes of `src` whose highest bit is set in `lanes`: AVX2's way, for lack of masks.
    public void vmaskmovps(Mem dst, Vector lanes, Vector src) {
        encoder.checkSame(lanes, src);
        Encoding encoding = Binary.VMASKMOVPS.encoding().withOpcode(0x2E, Tuple.FULL_MEM);
        encoder.emit(encoding, src.width(), src.number(), lanes.number(), dst, src, VectorEncoder.NONE);
    }

    /// `dst = lanes < 0 ? b : a`, lane by lane: AVX2's way, for lack of masks.
    public void vblendvps(Vector dst, Vector a, Operand b, Vector lanes) {
        encoder.checkSame(a, lanes);
        if (lanes.number() > 15) {
            throw new IllegalArgumentException("AVX2 has the registers 0 to 15");
        }
        binary(VectorEncoder.VBLENDVPS, dst, a, b, lanes.number() << 4);
    }

    /// `dst = a ? b`, where `relation` says which comparison; a mask of `a` says which lanes, the others become 0.
    public void emit(Compare row, Mask dst, Vector a, Operand b, int relation) {
        encoder.checkSource(row.encoding(), a.width(), b);
        encoder.emit(row.encoding(), a.width(), dst.number(), a.number(), b, a.only(a.mask()), relation & 0xFF);
    }

    /// `dst =` whether `a` and `b` have bits in common; a mask of `a` says which lanes, the others become 0.
    public void emit(Test row, Mask dst, Vector a, Operand b) {
        encoder.checkSource(row.encoding(), a.width(), b);
        encoder.emit(row.encoding(), a.width(), dst.number(), a.number(), b, a.only(a.mask()), VectorEncoder.NONE);
    }

    /// `dst = f(a, b)`.
    public void emit(MaskOp row, Mask dst, Mask a, Mask b) {
        encoder.checkOperands(row, 3);
        encoder.vex(row.encoding(), true, dst.number(), a.number(), b.number());
    }

    /// `dst = f(src)`, or flags from both.
    public void emit(MaskOp row, Mask dst, Mask src) {
        encoder.checkOperands(row, 2);
        encoder.vex(row.encoding(), false, dst.number(), 0, src.number());
    }

    public void emit(MaskMove row, Mask dst, Mask src) {
        encoder.vex(row.encoding(), false, dst.number(), 0, src.number());
    }

    public void emit(MaskMove row, Mask dst, Mem src) {
        encoder.vex(row.encoding(), dst.number(), src);
    }

    public void emit(MaskMove row, Mem dst, Mask src) {
        encoder.vex(row.store(), src.number(), dst);
    }

    public void emit(MaskMove row, Mask dst, Gpr src) {
        encoder.vex(row.fromGpr(), false, dst.number(), 0, src.number());
    }

    public void emit(MaskMove row, Gpr dst, Mask src) {
        encoder.vex(row.toGpr(), false, dst.number(), 0, src.number());
    }

    /// From a general register, to the lowest lane (the others become 0) or to all.
    public void emit(GprMove row, Vector dst, Gpr src) {
        encoder.checkGprMove(row, dst.width(), false);
        encoder.emit(row.encoding(), dst.width(), dst.number(), 0, src.number(), dst);
    }

    /// The lowest lane, or the signs of all, to a general register.
    public void emit(GprMove row, Gpr dst, Vector src) {
        encoder.checkGprMove(row, src.width(), true);
        if (row.isGprFirst()) {
            encoder.emit(row.encoding(), src.width(), dst.number(), 0, src.number(), src);
        } else {
            encoder.emit(row.encoding(), src.width(), src.number(), 0, dst.number(), src);
        }
    }

    /// Clears the vectors' upper halves: wanted before code that knows only 128 bits goes on.
    public void vzeroupper() {
        emit8(0xC5);
        emit8(0xF8);
        emit8(0x77);
    }
}
