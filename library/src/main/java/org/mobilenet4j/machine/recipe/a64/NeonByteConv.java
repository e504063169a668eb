package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.X2;
import static org.mobilenet4j.machine.a64.Register.X23;
import static org.mobilenet4j.machine.a64.Register.X3;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.Register.X5;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;
import static org.mobilenet4j.machine.a64.instruction.Binary.EOR_BITS;
import static org.mobilenet4j.machine.a64.instruction.Dot.SDOT;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;
import static org.mobilenet4j.machine.a64.instruction.VectorPair.LDP_Q;

import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.a64.instruction.Arrangement;

/// A convolution of bytes, for processors with dot products of bytes: pointwise, dense, with any window, in groups. Its
/// routine takes `(in, weights, parameters, out, from, to)`: the addresses of the memories that the planes lie in, of
/// what [NeonBytePacking] makes, and the part to compute as two [org.mobilenet4j.machine.recipe.Corner]s. A block is a
/// panel of 16 output channels; where there are groups, it is one group.
///
/// Inputs are unsigned bytes, from which 128 is taken, so that dot products of signed bytes apply.
public final class NeonByteConv implements Blocks.Body, PixelTile.Products {
    private static final int FIRST_INPUT = 24;
    private static final Vector WEIGHTS = bytes(30), MORE_WEIGHTS = bytes(31);

    private final A64Assembler a;
    private final ConvShape shape;
    private final NeonBytePacking packing;
    private final Requantizing results;
    private final int parts;

    private NeonByteConv(A64Assembler assembler, ConvShape shape, Requantizing results, int parts) {
        this.a = assembler;
        this.shape = shape;
        this.packing = new NeonBytePacking(shape);
        this.results = results;
        this.parts = parts;
    }

    private static Vector bytes(int number) {
        return new Vector(number, Arrangement.B16);
    }

    /// Writes the routine of that name.
    ///
    /// @param shape     places are bytes; its clamp plays no part
    /// @param rescaling of every output channel
    /// @param zeroOut   the output's zero point, 0 to 255
    /// @param parts     as the packed weights say
    public static void emit(
            A64Assembler a, String name, ConvShape shape, OutputRescaling rescaling, int zeroOut, int parts) {
        Frame.begin(a, name);
        Blocks.toFirstRow(
                a,
                shape.windowAt(0, 0),
                Math.multiplyExact(shape.window().stride(), shape.in().rowStride()),
                shape.out().offset(),
                shape.out().rowStride());
        var recipe = new NeonByteConv(a, shape, new Requantizing(a, rescaling, zeroOut), parts);
        recipe.blocks().emit(a, shape.out().shape().channels(), NeonBytePacking.block(shape), recipe);
        Frame.end(a);
    }

    private Blocks blocks() {
        int panels = packing.panels();
        return shape.groups() == 1
                ? new Blocks(0, panelBytes(), Requantizing.BYTES, Requantizing.COLUMNS)
                : new Blocks(
                        shape.groupInputs(),
                        Math.multiplyExact(panels, panelBytes()),
                        Math.multiplyExact(panels, Requantizing.BYTES),
                        shape.groupOutputs());
    }

    private int panelBytes() {
        return packing.panelBytes(parts);
    }

    @Override
    public void emit(int channels) {
        int full = channels / Requantizing.COLUMNS;
        int rest = channels % Requantizing.COLUMNS;
        if (full > 0) {
            a.mov(X23, full);
            Label next = a.here();
            PixelTile.ofBytes(a, shape, Requantizing.COLUMNS).emit(this);
            toPanel(1);
            a.emit(SUBS, X23, X23, 1);
            a.b(Condition.NE, next);
        }
        if (rest > 0) {
            PixelTile.ofBytes(a, shape, rest).emit(this);
        }
        toPanel(-full);
    }

    private void toPanel(int panels) {
        a.add(X1, X1, Math.multiplyExact(panels, panelBytes()), X30);
        a.add(X2, X2, Math.multiplyExact(panels, Requantizing.BYTES), X30);
        a.add(X3, X3, (long) panels * Requantizing.COLUMNS, X30);
    }

    /// All input channels of a tap, sixteen at once.
    @Override
    public int emit(PixelTile tile) {
        int inputs = shape.groupInputs();
        int sixteens = inputs / 16;
        if (sixteens > 0) {
            a.mov(X5, sixteens);
            Label next = a.here();
            steps(tile, 16);
            a.emit(SUBS, X5, X5, 1);
            a.b(Condition.NE, next);
        }
        if (inputs % 16 > 0) {
            steps(tile, inputs % 16);
        }
        return inputs;
    }

    @Override
    public void results(PixelTile tile) {
        results.emit(tile);
    }

    /// So many input channels: up to 16.
    private void steps(PixelTile tile, int inputs) {
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            new ByteLanes(a, inputs).load(s4(FIRST_INPUT + pixel), tile.input(pixel));
            a.emit(ADD, tile.input(pixel), tile.input(pixel), inputs);
        }
        a.movi(MORE_WEIGHTS, 128);
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            Vector input = bytes(FIRST_INPUT + pixel);
            a.emit(EOR_BITS, input, input, MORE_WEIGHTS);
        }
        for (int four = 0; four < Math.ceilDiv(inputs, 4); four++) {
            for (int part = 0; part < parts; part++) {
                for (int vector = 0; vector < tile.vectors(); vector += 2) {
                    step(tile, four, vector);
                }
                a.add(X4, X4, PixelTile.STEP, X30);
            }
        }
    }

    /// Four input channels, with one or two vectors of outputs.
    private void step(PixelTile tile, int four, int vector) {
        Address at = Address.at(X4, vector * Lanes.BYTES);
        boolean areTwo = vector + 1 < tile.vectors();
        if (areTwo) {
            a.emit(LDP_Q, WEIGHTS, MORE_WEIGHTS, at);
        } else {
            a.emit(LDR_Q, WEIGHTS, at);
        }
        for (int i = 0; i < (areTwo ? 2 : 1); i++) {
            for (int pixel = 0; pixel < tile.pixels(); pixel++) {
                Vector factor = s4(FIRST_INPUT + pixel);
                a.emit(SDOT, tile.sum(pixel, vector + i), bytes(WEIGHTS.number() + i), factor.lane(four));
            }
        }
    }
}
