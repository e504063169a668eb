package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// One tile of a convolution: some pixels by one panel of outputs, whose sums stay in registers. R12 and R13 are the
/// inputs and outputs of the pixel that tiles count from; RSI and RDX are the panel's weights and biases; R9 is how
/// far behind the weights those lie that are to be fetched, and becomes 0. RAX, R10, R11, R14 and R15 are overwritten.
///
/// A step is one input channel of one tap: its weights are read once, its inputs once for each pixel.
final class ProductTile {
    /// Vectors a panel where there are many pixels, and where there are few.
    private static final int NARROW = 2, WIDE = 4;

    /// The most pixels that panels are wide for.
    private static final int FEW_PIXELS = 2;

    /// Steps that are written out; more of them are a loop.
    private static final int STRAIGHT_STEPS = 24;

    /// Tiles that are written one after the other, for rows that do not fill whole tiles.
    private static final int STRAIGHT_TILES = 8;

    private final X64Assembler a;
    private final ConvShape shape;
    private final Width width;
    private final int registers;
    private final int panelVectors;
    private final boolean isPrefetching;

    ProductTile(X64Assembler assembler, ConvShape shape, Isa isa) {
        this.a = assembler;
        this.shape = shape;
        this.width = isa.width();
        this.registers = isa.registers();
        this.panelVectors = vectors(shape);
        boolean isOnePanel = shape.groupOutputs() <= panelVectors * width.floats();
        this.isPrefetching = shape.groups() == 1 && !isOnePanel && panelVectors == NARROW;
    }

    /// Vectors a panel.
    static int vectors(ConvShape shape) {
        return shape.out().shape().pixels() <= FEW_PIXELS ? WIDE : NARROW;
    }

    /// Bytes from one output row's inputs to the next one's.
    static int inRow(ConvShape shape) {
        return Math.multiplyExact(4 * shape.window().stride(), shape.in().rowStride());
    }

    static int outRow(ConvShape shape) {
        return Math.multiplyExact(4, shape.out().rowStride());
    }

    /// Whether R9 is used.
    boolean isPrefetching() {
        return isPrefetching;
    }

    /// How many pixels' sums fit, beside a panel's weights and one input.
    int mostPixels() {
        return (registers - panelVectors - 1) / panelVectors;
    }

    /// How many rows to spread over tiles together, so that all of them take the fewest.
    int bestRows() {
        int best = 1;
        for (int rows = 2; rows <= shape.out().shape().height() && tiles(rows) <= STRAIGHT_TILES; rows++) {
            if (tilesBy(rows) < tilesBy(best)) {
                best = rows;
            }
        }
        return best;
    }

    private int tiles(int rows) {
        return Math.ceilDiv(rows * shape.out().shape().width(), mostPixels());
    }

    private int tilesBy(int rows) {
        int height = shape.out().shape().height();
        return height / rows * tiles(rows) + tiles(height % rows);
    }

    /// Moves R12 and R13.
    void moveBy(int rows, int pixels) {
        a.emit(ADD, R12, Math.addExact(Math.multiplyExact(rows, inRow(shape)), Math.multiplyExact(pixels, inPixel())));
        a.emit(
                ADD,
                R13,
                Math.addExact(
                        Math.multiplyExact(rows, outRow(shape)),
                        Math.multiplyExact(4 * pixels, shape.out().pixelStride())));
    }

    private int inPixel() {
        return Math.multiplyExact(4 * shape.window().stride(), shape.in().pixelStride());
    }

    /// Bytes from the inputs at R12 to those of a pixel, counted through rows.
    private int inputs(int pixel) {
        int width = shape.out().shape().width();
        return Math.addExact(
                Math.multiplyExact(pixel / width, inRow(shape)), Math.multiplyExact(pixel % width, inPixel()));
    }

    private int outputs(int pixel) {
        int width = shape.out().shape().width();
        return Math.addExact(
                Math.multiplyExact(pixel / width, outRow(shape)),
                Math.multiplyExact(pixel % width, 4 * shape.out().pixelStride()));
    }

    private Vector weights(int vector) {
        return Vector.of(registers - 1 - vector, width);
    }

    private Vector input() {
        return Vector.of(registers - 1 - panelVectors, width);
    }

    /// Writes it.
    ///
    /// @param first   pixel, counted through rows
    /// @param outputs how many of the panel's there are
    void emit(int first, int pixels, int outputs) {
        int vectors = Math.ceilDiv(outputs, width.floats());
        for (int sum = 0; sum < pixels * vectors; sum++) {
            a.emit(VMOVUPS, Vector.of(sum, width), Mem.at(RDX, sum % vectors * width.bytes()));
        }
        a.emit(MOV, R10, RSI);
        new Steps(first, pixels, vectors).emit();
        if (isPrefetching) {
            a.mov(R9, 0);
        }
        Bounds.of(shape.clamp()).emit(a, 0, pixels * vectors, input());
        int last = outputs - (vectors - 1) * width.floats();
        var whole = new Lanes(a, width, width.floats(), 0);
        var some = new Lanes(a, width, last, input().number());
        some.prepare();
        for (int sum = 0; sum < pixels * vectors; sum++) {
            int vector = sum % vectors;
            int place = Math.addExact(outputs(first + sum / vectors), vector * width.bytes());
            (vector == vectors - 1 ? some : whole).store(Mem.at(R13, place), Vector.of(sum, width));
        }
    }

    /// A tile's steps: R10 goes through the weights.
    private final class Steps {
        private final int first;
        private final int pixels;
        private final int vectors;

        Steps(int first, int pixels, int vectors) {
            this.first = first;
            this.pixels = pixels;
            this.vectors = vectors;
        }

        void emit() {
            if (shape.window().taps() == 1) {
                channels(R12);
            } else {
                taps();
            }
        }

        private void taps() {
            int right =
                    Math.multiplyExact(4 * shape.window().dilation(), shape.in().pixelStride());
            int down =
                    Math.multiplyExact(4 * shape.window().dilation(), shape.in().rowStride());
            int width = shape.window().width();
            a.emit(MOV, R11, R12);
            a.mov(R14, shape.window().height());
            Label nextRow = a.here();
            if (width * shape.groupInputs() <= STRAIGHT_STEPS) {
                int weights = 0;
                for (int tap = 0; tap < width; tap++) {
                    for (int c = 0; c < shape.groupInputs(); c++) {
                        step(weights, Mem.at(R11, Math.addExact(Math.multiplyExact(tap, right), 4 * c)));
                        weights += bytes();
                    }
                }
                a.emit(ADD, R10, weights);
                a.emit(ADD, R11, down);
            } else {
                a.mov(R15, width);
                Label next = a.here();
                channels(R11);
                a.emit(ADD, R11, right);
                a.dec(R15);
                a.jcc(Condition.NOT_EQUAL, next);
                a.emit(ADD, R11, Math.subtractExact(down, Math.multiplyExact(width, right)));
            }
            a.dec(R14);
            a.jcc(Condition.NOT_EQUAL, nextRow);
        }

        /// All input channels of the tap at that address.
        private void channels(Gpr tap) {
            int end = Math.multiplyExact(4, shape.groupInputs());
            a.mov(RAX, -end);
            a.align(32);
            Label again = a.here();
            step(0, Mem.at(tap, RAX, 1, end));
            a.emit(ADD, R10, bytes());
            a.emit(ADD, RAX, 4);
            a.jcc(Condition.NOT_EQUAL, again);
        }

        private int bytes() {
            return panelVectors * width.bytes();
        }

        private void step(int weights, Mem inputs) {
            for (int vector = 0; pixels > 1 && vector < vectors; vector++) {
                a.emit(VMOVUPS, weights(vector), Mem.at(R10, weights + vector * width.bytes()));
            }
            for (int line = 0; isPrefetching && line < bytes(); line += 64) {
                a.prefetcht0(Mem.at(R10, R9, 1, weights + line));
            }
            for (int pixel = 0; pixel < pixels; pixel++) {
                a.emit(VBROADCASTSS, input(), inputs.plus(inputs(first + pixel)));
                for (int vector = 0; vector < vectors; vector++) {
                    Vector sum = Vector.of(pixel * vectors + vector, width);
                    if (pixels > 1) {
                        a.emit(VFMADD231PS, sum, input(), weights(vector));
                    } else {
                        a.emit(VFMADD231PS, sum, input(), Mem.at(R10, weights + vector * width.bytes()));
                    }
                }
            }
        }
    }
}
