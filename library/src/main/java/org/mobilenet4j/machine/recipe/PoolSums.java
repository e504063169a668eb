package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VDIVPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMINPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VORPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVD_GPR;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTDQ2PS;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The sums, or largest values, of a window for a block of channels.
///
/// The largest value is the negative of the smallest negative: of two zeros the processor's minimum is the second
/// one, so that both orders together have the sign of either, and NaN stays NaN.
final class PoolSums implements PoolValues {
    /// Vectors a block.
    static final int VECTORS = 4;

    private static final int INPUT = VECTORS, OTHER = VECTORS + 1, SIGN = VECTORS + 2, LANES = VECTORS + 3;

    private final X64Assembler a;
    private final boolean isMax;
    private final ClampCode clamp;
    private final Width width;
    private final int vectors;
    private final Lanes whole;
    private final Lanes some;

    PoolSums(X64Assembler assembler, Pool.Kind kind, ConvShape shape, Isa isa, int channels) {
        this.a = assembler;
        this.isMax = kind == Pool.Kind.MAX;
        this.clamp = ClampCode.of(shape.clamp());
        this.width = isa.width();
        this.vectors = Math.ceilDiv(channels, width.floats());
        this.whole = Lanes.all(a, isa);
        this.some = new Lanes(a, isa, channels - (vectors - 1) * width.floats(), LANES);
    }

    private Vector v(int number) {
        return Vector.of(number, width);
    }

    private Lanes lanes(int vector) {
        return vector == vectors - 1 ? some : whole;
    }

    @Override
    public void begin() {
        some.prepare();
        if (isMax) {
            a.emit(VBROADCASTSS, v(SIGN), a.constant(Integer.MIN_VALUE));
        }
    }

    @Override
    public void zero() {
        for (int i = 0; i < vectors; i++) {
            if (isMax) {
                a.emit(VBROADCASTSS, v(i), a.constant(Float.POSITIVE_INFINITY));
            } else {
                a.emit(VXORPS, v(i), v(i), v(i));
            }
        }
    }

    @Override
    public void add(Mem values) {
        for (int i = 0; i < vectors; i++) {
            lanes(i).load(v(INPUT), values.plus(i * width.bytes()));
            if (isMax) {
                a.emit(VXORPS, v(INPUT), v(INPUT), v(SIGN));
                a.emit(VMINPS, v(OTHER), v(i), v(INPUT));
                a.emit(VMINPS, v(INPUT), v(INPUT), v(i));
                a.emit(VORPS, v(i), v(INPUT), v(OTHER));
            } else {
                a.emit(VADDPS, v(i), v(i), v(INPUT));
            }
        }
    }

    @Override
    public void end(Mem out, Gpr count) {
        if (!isMax) {
            a.emit(VMOVD_GPR, Vector.xmm(INPUT), count);
            a.emit(VBROADCASTSS, v(INPUT), Vector.xmm(INPUT));
            a.emit(VCVTDQ2PS, v(INPUT), v(INPUT));
        }
        for (int i = 0; i < vectors; i++) {
            if (isMax) {
                a.emit(VXORPS, v(i), v(i), v(SIGN));
            } else {
                a.emit(VDIVPS, v(i), v(i), v(INPUT));
            }
        }
        clamp.emit(a, 0, vectors, v(INPUT));
        for (int i = 0; i < vectors; i++) {
            lanes(i).store(out.plus(i * width.bytes()), v(i));
        }
    }
}
