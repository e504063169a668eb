package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.X2;
import static org.mobilenet4j.machine.a64.Register.X20;
import static org.mobilenet4j.machine.a64.Register.X24;
import static org.mobilenet4j.machine.a64.Register.X25;
import static org.mobilenet4j.machine.a64.Register.X26;
import static org.mobilenet4j.machine.a64.Register.X27;
import static org.mobilenet4j.machine.a64.Register.X28;
import static org.mobilenet4j.machine.a64.Register.X3;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.Register.X5;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;

import java.util.List;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.a64.Register;
import org.mobilenet4j.machine.a64.Vector;

/// A loop over tiles: a few pixels by up to four vectors of outputs, whose sums stay in registers 8 to 31, the vectors
/// of a pixel one behind the other; registers 0 to 7 are for weights and inputs. X6 to X11 point at the inputs of each
/// pixel, X12 to X17 at its outputs; tiles run on from row to row. Where pixels are missing in the last tile, the last
/// one takes their places, and is computed several times. X1 and X2 are the weights and biases of the first output; X4
/// goes through the weights.
///
/// Overwritten are X4 to X17, X20 and X24 to X30.
final class PixelTile {
    /// The first sum's register.
    static final int FIRST_SUM = 8;

    /// The most pixels that there are registers for.
    private static final int MOST = 6;

    /// The fewest pixels that keep the processor busy.
    private static final int ENOUGH = 4;

    /// What a tile costs beside its products, in pixels.
    private static final double TILE = 0.3;

    /// Bytes of the weights of one step, whatever the outputs.
    static final int STEP = 64;

    private static final List<Register> INPUTS =
            List.of(Register.X6, Register.X7, Register.X8, Register.X9, Register.X10, Register.X11);
    private static final List<Register> OUTPUTS =
            List.of(Register.X12, Register.X13, Register.X14, Register.X15, Register.X16, Register.X17);

    private static final Register PIXELS_LEFT = X24, COLUMNS_LEFT = X25, NEXT_IN = X26, NEXT_OUT = X27;
    private static final Register TAP_ROWS = X20, TAP_COLUMNS = X28, WEIGHTS = X4;

    private final A64Assembler a;
    private final ConvShape shape;
    private final int placeBytes;
    private final int pixels;
    private final int outputs;

    /// What is done with each tap.
    interface Products {
        /// Adds the products of a tap to a tile's sums, and moves X4 behind its weights. X5, X30 and registers 0 to
        /// 7 may be overwritten.
        ///
        /// @return bytes by which the code moves all inputs on
        int tap(PixelTile tile);

        /// Writes what becomes of a tile's sums to the outputs. X30 and registers 0 to 7 may be overwritten.
        void results(PixelTile tile);
    }

    /// @param placeBytes 4 for maps of floats, 1 for maps of bytes, whose sums are integers
    /// @param outputs    how many a pixel: 1 to 16
    PixelTile(A64Assembler assembler, ConvShape shape, int placeBytes, int outputs) {
        this.a = assembler;
        this.shape = shape;
        this.placeBytes = placeBytes;
        this.outputs = outputs;
        this.pixels = pixels(shape.out().shape().pixels());
    }

    /// Pixels a tile: as many as fit, or fewer where they fill the tiles better.
    private static int pixels(long all) {
        int best = (int) Math.min(MOST, all);
        for (int pixels = best - 1; pixels >= ENOUGH; pixels--) {
            if (time(all, pixels) < time(all, best)) {
                best = pixels;
            }
        }
        return best;
    }

    private static double time(long all, int pixels) {
        return Math.ceilDiv(all, pixels) * (pixels + TILE);
    }

    int pixels() {
        return pixels;
    }

    /// Outputs a pixel.
    int outputs() {
        return outputs;
    }

    /// Vectors of sums a pixel.
    int vectors() {
        return Lanes.vectors(outputs);
    }

    /// Where the inputs of a pixel are.
    Register input(int pixel) {
        return INPUTS.get(pixel);
    }

    /// Where the outputs of a pixel are.
    Register output(int pixel) {
        return OUTPUTS.get(pixel);
    }

    /// A sum's register.
    Vector sum(int pixel, int vector) {
        return s4(FIRST_SUM + pixel * vectors() + vector);
    }

    /// The lanes of a vector that are there.
    Lanes lanes(int vector) {
        return Lanes.of(a, outputs, vector);
    }

    /// Writes the loop over all pixels of the part: [Blocks#ROWS] rows from X0 and X3 on.
    void emit(Products products) {
        int width = shape.out().shape().width();
        a.mov(NEXT_IN, X0);
        a.mov(NEXT_OUT, X3);
        a.mov(COLUMNS_LEFT, width);
        a.madd(PIXELS_LEFT, Blocks.ROWS, COLUMNS_LEFT, Register.ZR);
        Label next = a.here();
        pointers();
        for (int vector = 0; vector < vectors(); vector++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                a.emit(LDR_Q, sum(pixel, vector), Address.at(X2, vector * Lanes.BYTES));
            }
        }
        a.mov(WEIGHTS, X1);
        taps(products);
        products.results(this);
        a.cbnz(PIXELS_LEFT, next);
    }

    /// The next pixels, as long as there are any: X4 and X5 are the last one's.
    private void pointers() {
        int inPixel = bytes(shape.window().strideColumns(), shape.in().pixelStride());
        int inRow = bytes(shape.window().strideRows(), shape.in().rowStride());
        int outPixel = bytes(1, shape.out().pixelStride());
        int outRow = bytes(1, shape.out().rowStride());
        int width = shape.out().shape().width();
        for (int pixel = 0; pixel < pixels; pixel++) {
            Label last = a.label();
            Label sameRow = a.label();
            if (pixel > 0) {
                a.cbz(PIXELS_LEFT, last);
            }
            a.mov(X4, NEXT_IN);
            a.mov(X5, NEXT_OUT);
            a.emit(SUB, PIXELS_LEFT, PIXELS_LEFT, 1);
            a.add(NEXT_IN, NEXT_IN, inPixel, X30);
            a.add(NEXT_OUT, NEXT_OUT, outPixel, X30);
            a.emit(SUBS, COLUMNS_LEFT, COLUMNS_LEFT, 1);
            a.b(Condition.NE, sameRow);
            a.mov(COLUMNS_LEFT, width);
            a.add(NEXT_IN, NEXT_IN, Math.subtractExact(inRow, Math.multiplyExact(width, inPixel)), X30);
            a.add(NEXT_OUT, NEXT_OUT, Math.subtractExact(outRow, Math.multiplyExact(width, outPixel)), X30);
            a.bind(sameRow);
            a.bind(last);
            a.mov(INPUTS.get(pixel), X4);
            a.mov(OUTPUTS.get(pixel), X5);
        }
    }

    private int bytes(int times, int stride) {
        return Math.multiplyExact(placeBytes * times, stride);
    }

    private void taps(Products products) {
        Window window = shape.window();
        int right = bytes(window.dilation(), shape.in().pixelStride());
        int down = bytes(window.dilation(), shape.in().rowStride());
        a.mov(TAP_ROWS, window.height());
        Label nextRow = a.here();
        a.mov(TAP_COLUMNS, window.width());
        Label next = a.here();
        int moved = products.tap(this);
        if (window.width() > 1) {
            move(right - moved);
            a.emit(SUBS, TAP_COLUMNS, TAP_COLUMNS, 1);
            a.b(Condition.NE, next);
            moved = Math.multiplyExact(window.width(), right);
        }
        if (window.height() > 1) {
            move(Math.subtractExact(down, moved));
            a.emit(SUBS, TAP_ROWS, TAP_ROWS, 1);
            a.b(Condition.NE, nextRow);
        }
    }

    /// Moves all inputs.
    private void move(int bytes) {
        int size = Math.abs(bytes);
        boolean isShort = size < 4096;
        if (!isShort) {
            a.mov(X30, size);
        }
        for (int pixel = 0; pixel < pixels && size > 0; pixel++) {
            Register input = INPUTS.get(pixel);
            if (isShort) {
                a.emit(bytes < 0 ? SUB : ADD, input, input, size);
            } else {
                a.emit(bytes < 0 ? SUB : ADD, input, input, X30);
            }
        }
    }
}
