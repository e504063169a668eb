package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINSD;
import static org.mobilenet4j.machine.x64.instruction.MaskMove.KMOVW;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// One tile of a pointwise product: some pixels by one panel of outputs, whose sums stay in registers. R12 and R13
/// are the first pixel's inputs and outputs, RSI the panel's biases with its weights behind. RAX and R10 are
/// overwritten.
final class PointwiseTile {
    /// Vectors a panel.
    static final int VECTORS = 2;

    private final X64Assembler a;
    private final PointwiseShape shape;
    private final Width width;
    private final int registers;

    PointwiseTile(X64Assembler assembler, PointwiseShape shape, Isa isa) {
        this.a = assembler;
        this.shape = shape;
        this.width = isa.width();
        this.registers = isa.registers();
    }

    /// How many pixels' sums fit: 14 of 512 bits, 6 of 256. A panel's weights and one input want registers as well.
    int mostPixels() {
        return (registers - VECTORS - 1) / VECTORS;
    }

    private Vector sum(int pixel, int vector) {
        return Vector.of(VECTORS * pixel + vector, width);
    }

    private Vector weights(int vector) {
        return Vector.of(registers - 1 - vector, width);
    }

    private Vector input() {
        return Vector.of(registers - 1 - VECTORS, width);
    }

    /// Writes it.
    ///
    /// @param rows    how many rows of pixels there are
    /// @param columns how many pixels of each
    /// @param outputs how many of the panel's outputs there are
    /// @param ahead   bytes from the weights to those to be fetched meanwhile; 0 for none
    void emit(int rows, int columns, int outputs, int ahead) {
        int pixels = rows * columns;
        int vectors = Math.ceilDiv(outputs, width.floats());
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int vector = 0; vector < vectors; vector++) {
                a.emit(VMOVUPS, sum(pixel, vector), Mem.at(RSI, vector * width.bytes()));
            }
        }
        products(pixels, columns, vectors, ahead);
        clamp(pixels, vectors);
        store(pixels, columns, outputs);
    }

    private void products(int pixels, int columns, int vectors, int ahead) {
        int end = 4 * shape.inputs();
        int step = VECTORS * width.bytes();
        a.lea(R10, Mem.at(RSI, step));
        a.mov(RAX, -end);
        a.align(32);
        Label again = a.here();
        for (int vector = 0; vector < vectors; vector++) {
            a.emit(VMOVUPS, weights(vector), Mem.at(R10, vector * width.bytes()));
        }
        for (int line = 0; ahead != 0 && line < step; line += 64) {
            a.prefetcht0(Mem.at(R10, ahead + line));
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
            int place = at(pixel, columns, shape.inRow(), shape.inStride());
            a.emit(VBROADCASTSS, input(), Mem.at(R12, RAX, 1, Math.addExact(place, end)));
            for (int vector = 0; vector < vectors; vector++) {
                a.emit(VFMADD231PS, sum(pixel, vector), input(), weights(vector));
            }
        }
        a.emit(ADD, R10, step);
        a.emit(ADD, RAX, 4);
        a.jcc(Condition.NOT_EQUAL, again);
    }

    /// Bytes from the first pixel to another.
    private static int at(int pixel, int columns, int row, int stride) {
        return Math.addExact(Math.multiplyExact(pixel / columns, row), Math.multiplyExact(pixel % columns, stride));
    }

    private void clamp(int pixels, int vectors) {
        boolean hasLow = shape.lowBits() != Integer.MIN_VALUE;
        boolean hasHigh = shape.highBits() != Integer.MAX_VALUE;
        Vector low = weights(0);
        Vector high = weights(1);
        if (hasLow) {
            a.emit(VBROADCASTSS, low, a.constant(shape.lowBits()));
        }
        if (hasHigh) {
            a.emit(VBROADCASTSS, high, a.constant(shape.highBits()));
        }
        for (int sum = 0; sum < pixels * VECTORS; sum++) {
            if (sum % VECTORS >= vectors) {
                continue;
            }
            Vector value = Vector.of(sum, width);
            if (hasLow) {
                a.emit(VPMAXSD, value, value, low);
            }
            if (hasHigh) {
                a.emit(VPMINSD, value, value, high);
            }
        }
    }

    private void store(int pixels, int columns, int outputs) {
        int full = outputs / width.floats();
        int rest = outputs % width.floats();
        if (rest != 0) {
            lanes(rest);
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
            Mem place = Mem.at(R13, at(pixel, columns, shape.outRow(), shape.outStride()));
            for (int vector = 0; vector < full; vector++) {
                a.emit(VMOVUPS_STORE, place.plus(vector * width.bytes()), sum(pixel, vector));
            }
            if (rest != 0) {
                storeSome(place.plus(full * width.bytes()), sum(pixel, full));
            }
        }
    }

    /// Says which lanes are to be stored: by a mask, or by a vector of signs.
    private void lanes(int count) {
        if (width == Width.ZMM) {
            a.mov(RAX, (1 << count) - 1);
            a.emit(KMOVW, Mask.K1, RAX);
            return;
        }
        var signs = new int[width.floats()];
        for (int lane = 0; lane < count; lane++) {
            signs[lane] = -1;
        }
        a.emit(VMOVUPS, input(), a.constant(signs));
    }

    private void storeSome(Mem place, Vector value) {
        if (width == Width.ZMM) {
            a.emit(VMOVUPS_STORE, place, value.only(Mask.K1));
        } else {
            a.vmaskmovps(place, input(), value);
        }
    }
}
