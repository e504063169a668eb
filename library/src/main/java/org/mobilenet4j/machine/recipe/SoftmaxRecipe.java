package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Vector.xmm;
import static org.mobilenet4j.machine.x64.Vector.ymm;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VDIVPD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD213PD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMAXPD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMAXPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMULPD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VSUBPD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VSUBPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSLLQ;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.StoreImm.VEXTRACTF128;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTPD2PS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTPS2PD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;
import static org.mobilenet4j.machine.x64.instruction.UnaryImm.VPSHUFD;

import org.mobilenet4j.kernel.layout.Exponential;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Softmax over each pixel's channels, as [org.mobilenet4j.kernel.layout.Exponential] says. Its routine takes `(in, 0,
/// 0, out, from, to)`: the addresses of the memories that the planes lie in, and the part to compute as two [Corner]s;
/// all channels are one block. The output may be the input.
public final class SoftmaxRecipe implements Part.Body {
    /// Channels at once: doubles of a vector.
    private static final int LANES = 4;

    private static final int VALUE = 0, OTHER = 1, POWER = 2, SUMS = 3, MAXIMA = 4, SIGNS = 5;
    private static final int SWAP_HALVES = 0x4E, SWAP_NEIGHBORS = 0xB1;

    private final X64Assembler a;
    private final Plane in;
    private final Plane out;
    private final Routine routine;
    private final Isa isa;

    private SoftmaxRecipe(X64Assembler assembler, Plane in, Plane out, Routine routine, Isa isa) {
        this.a = assembler;
        this.in = in;
        this.out = out;
        this.routine = routine;
        this.isa = isa;
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, Plane in, Plane out, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, Part.LOCALS);
        Part.toFirstRow(a, 4L * in.offset(), rowBytes(in), 4L * out.offset(), rowBytes(out));
        int channels = out.shape().channels();
        new Part(0, 0, 0, 0).emit(a, routine, channels, channels, new SoftmaxRecipe(a, in, out, routine, isa));
        routine.end();
    }

    private static int rowBytes(Plane plane) {
        return Math.multiplyExact(4, plane.rowStride());
    }

    @Override
    public void emit(int channels) {
        var some = new Lanes(a, isa, channels % LANES, SIGNS);
        if (channels % LANES > 0) {
            some.prepare();
        }
        a.emit(MOV, R9, Part.rows(routine));
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RCX);
        Label nextRow = a.here();
        int width = out.shape().width();
        a.mov(RBX, width);
        Label next = a.here();
        maximum(channels);
        a.emit(VXORPS, ymm(SUMS), ymm(SUMS), ymm(SUMS));
        exponentials(channels, some);
        scale();
        scaled(channels, some);
        a.emit(ADD, R12, 4 * in.pixelStride());
        a.emit(ADD, R13, 4 * out.pixelStride());
        a.dec(RBX);
        a.jcc(Condition.NOT_EQUAL, next);
        a.emit(ADD, R12, Math.subtractExact(rowBytes(in), Math.multiplyExact(width, 4 * in.pixelStride())));
        a.emit(ADD, R13, Math.subtractExact(rowBytes(out), Math.multiplyExact(width, 4 * out.pixelStride())));
        a.dec(R9);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }

    /// Leaves the largest value in all lanes of [#MAXIMA]. NaN may get lost, but makes NaN of its own exponential.
    private void maximum(int channels) {
        int full = channels / LANES;
        Vector maxima = xmm(MAXIMA);
        a.emit(VBROADCASTSS, maxima, a.constant(Float.NEGATIVE_INFINITY));
        a.emit(MOV, R10, R12);
        if (full > 0) {
            a.mov(RAX, full);
            Label again = a.here();
            a.emit(VMAXPS, maxima, maxima, Mem.at(R10));
            a.emit(ADD, R10, 4 * LANES);
            a.dec(RAX);
            a.jcc(Condition.NOT_EQUAL, again);
        }
        for (int i = 0; i < channels % LANES; i++) {
            a.emit(VBROADCASTSS, xmm(VALUE), Mem.at(R10, 4 * i));
            a.emit(VMAXPS, maxima, maxima, xmm(VALUE));
        }
        for (int exchange : new int[] {SWAP_HALVES, SWAP_NEIGHBORS}) {
            a.emit(VPSHUFD, xmm(VALUE), maxima, exchange);
            a.emit(VMAXPS, maxima, maxima, xmm(VALUE));
        }
    }

    private void exponentials(int channels, Lanes some) {
        begin(R12);
        if (channels >= LANES) {
            a.mov(RAX, channels / LANES);
            Label again = a.here();
            a.emit(VMOVUPS, xmm(VALUE), Mem.at(R10));
            exponential();
            a.emit(VMOVUPS_STORE, Mem.at(R11), xmm(VALUE));
            a.emit(VCVTPS2PD, ymm(VALUE), xmm(VALUE));
            a.emit(VADDPD, ymm(SUMS), ymm(SUMS), ymm(VALUE));
            next(again);
        }
        if (channels % LANES > 0) {
            some.load(ymm(VALUE), Mem.at(R10));
            exponential();
            some.store(Mem.at(R11), ymm(VALUE));
            // Where there is no channel, 0 is added.
            some.load(ymm(VALUE), Mem.at(R11));
            a.emit(VCVTPS2PD, ymm(VALUE), xmm(VALUE));
            a.emit(VADDPD, ymm(SUMS), ymm(SUMS), ymm(VALUE));
        }
    }

    private void scaled(int channels, Lanes some) {
        begin(R13);
        if (channels >= LANES) {
            a.mov(RAX, channels / LANES);
            Label again = a.here();
            a.emit(VCVTPS2PD, ymm(VALUE), Mem.at(R10));
            a.emit(VMULPD, ymm(VALUE), ymm(VALUE), ymm(SUMS));
            a.emit(VCVTPD2PS, xmm(VALUE), ymm(VALUE));
            a.emit(VMOVUPS_STORE, Mem.at(R11), xmm(VALUE));
            next(again);
        }
        if (channels % LANES > 0) {
            some.load(ymm(VALUE), Mem.at(R10));
            a.emit(VCVTPS2PD, ymm(VALUE), xmm(VALUE));
            a.emit(VMULPD, ymm(VALUE), ymm(VALUE), ymm(SUMS));
            a.emit(VCVTPD2PS, xmm(VALUE), ymm(VALUE));
            some.store(Mem.at(R11), ymm(VALUE));
        }
    }

    private void begin(Gpr source) {
        a.emit(MOV, R10, source);
        a.emit(MOV, R11, R13);
    }

    private void next(Label again) {
        a.emit(ADD, R10, 4 * LANES);
        a.emit(ADD, R11, 4 * LANES);
        a.dec(RAX);
        a.jcc(Condition.NOT_EQUAL, again);
    }

    /// Of the floats in [#VALUE], less the maximum; see [Exponential#of].
    private void exponential() {
        Vector x = ymm(VALUE);
        Vector power = ymm(POWER);
        Vector other = ymm(OTHER);
        a.emit(VSUBPS, xmm(VALUE), xmm(VALUE), xmm(MAXIMA));
        a.emit(VCVTPS2PD, x, xmm(VALUE));
        a.emit(VMOVUPS, other, doubles(Exponential.LEAST));
        a.emit(VMAXPD, x, other, x);
        a.emit(VMOVUPS, power, doubles(Exponential.ROUNDER));
        a.emit(VFMADD231PD, power, x, doubles(Exponential.INVERSE));
        a.emit(VSUBPD, other, power, doubles(Exponential.ROUNDER));
        a.emit(VFMADD231PD, x, other, doubles(Exponential.MINUS_LOG));
        a.emit(VMOVUPS, other, doubles(Exponential.coefficient(0)));
        for (int i = 1; i < Exponential.coefficients(); i++) {
            a.emit(VFMADD213PD, other, x, doubles(Exponential.coefficient(i)));
        }
        a.emit(VPADDQ, power, power, longs(Exponential.BIAS));
        a.emit(VPSLLQ, power, power, Exponential.SHIFT);
        a.emit(VMULPD, other, other, power);
        a.emit(VCVTPD2PS, xmm(VALUE), other);
    }

    /// Leaves the sums' inverse in all lanes of [#SUMS].
    private void scale() {
        a.emit(VEXTRACTF128, xmm(VALUE), ymm(SUMS), 1);
        a.emit(VADDPD, xmm(VALUE), xmm(VALUE), xmm(SUMS));
        a.emit(VPSHUFD, xmm(OTHER), xmm(VALUE), SWAP_HALVES);
        a.emit(VADDPD, xmm(VALUE), xmm(VALUE), xmm(OTHER));
        a.emit(VMOVUPS, ymm(OTHER), doubles(1));
        a.emit(VDIVPD, xmm(VALUE), xmm(OTHER), xmm(VALUE));
        a.emit(VBROADCASTSD, ymm(SUMS), xmm(VALUE));
    }

    private Mem doubles(double value) {
        return longs(Double.doubleToRawLongBits(value));
    }

    /// The value in each of four lanes.
    private Mem longs(long value) {
        var words = new int[2 * LANES];
        for (int i = 0; i < words.length; i += 2) {
            words[i] = (int) value;
            words[i + 1] = (int) (value >>> 32);
        }
        return a.constant(words);
    }
}
