package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.RDX;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.PoolValues;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Binary;
import org.mobilenet4j.machine.x64.instruction.Unary;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The sums, or the largest, of a window of bytes for a block of channels, in lanes of 32 bits.
abstract class BytePoolSums implements PoolValues {
    /// Vectors a block, which are the first ones.
    static final int VECTORS = 4;

    private static final int INPUT = VECTORS;

    final X64Assembler a;
    final Isa isa;
    final int channels;
    final int vectors;
    private final Binary sum;
    private final WidenedLanes whole;
    private final WidenedLanes some;

    /// @param sum what makes one value of two
    BytePoolSums(X64Assembler assembler, Isa isa, int channels, Binary sum) {
        this.a = assembler;
        this.isa = isa;
        this.channels = channels;
        this.sum = sum;
        int lanes = width().floats();
        this.vectors = Math.ceilDiv(channels, lanes);
        this.whole = new WidenedLanes(a, isa, lanes, RDX);
        this.some = new WidenedLanes(a, isa, channels - (vectors - 1) * lanes, RDX);
    }

    final Width width() {
        return isa.width();
    }

    final Vector v(int number) {
        return Vector.of(number, width());
    }

    private WidenedLanes lanes(int vector) {
        return vector == vectors - 1 ? some : whole;
    }

    @Override
    public void begin() {
        some.prepare();
    }

    @Override
    public void zero() {
        for (int i = 0; i < vectors; i++) {
            a.emit(Binary.VXORPS, v(i), v(i), v(i));
        }
    }

    @Override
    public final void add(Mem values) {
        for (int i = 0; i < vectors; i++) {
            lanes(i).load(v(INPUT), values.plus(i * width().floats()));
            a.emit(sum, v(i), v(i), v(INPUT));
        }
    }

    /// Writes the lanes, which hold bytes.
    final void store(Mem out) {
        for (int i = 0; i < vectors; i++) {
            lanes(i).store(out.plus(i * width().floats()), v(i));
        }
    }

    /// All vectors with the same in each lane.
    final void with(Binary row, int value) {
        a.emit(Unary.VPBROADCASTD, v(INPUT), a.constant(value));
        for (int i = 0; i < vectors; i++) {
            a.emit(row, v(i), v(i), v(INPUT));
        }
    }
}
