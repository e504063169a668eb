package org.mobilenet4j.machine.recipe.a64;

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
import static org.mobilenet4j.machine.a64.instruction.Widening.USUBL;
import static org.mobilenet4j.machine.a64.instruction.WideningByElement.SMLAL_LANE;

import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.a64.instruction.Arrangement;

/// A convolution of bytes: pointwise, dense, with any window, in groups. Its routine takes `(in, weights, parameters,
/// out,
/// from, to)`: the addresses of the memories that the planes lie in, of what [NeonBytePacking] makes, and the part to
/// compute as two [org.mobilenet4j.machine.recipe.Corner]s. A block is a panel of 16 output channels; where there are
/// groups, it is one group.
///
/// Inputs are unsigned bytes. For dot products, 128 is taken from them, which makes them signed as the weights are;
/// otherwise their zero point, which makes them 16 bits.
public final class NeonByteConv implements Blocks.Body, PixelTile.Products {
    private static final int WEIGHTS = 6;

    private final A64Assembler a;
    private final ConvShape shape;
    private final NeonBytePacking packing;
    private final Requantizing results;
    private final int zeroIn;

    private NeonByteConv(A64Assembler assembler, NeonBytePacking packing, Requantizing results, int zeroIn) {
        this.a = assembler;
        this.shape = packing.shape();
        this.packing = packing;
        this.results = results;
        this.zeroIn = zeroIn;
    }

    /// Writes the routine of that name.
    ///
    /// @param packing   of the weights; its shape's places are bytes, whose clamp plays no part
    /// @param rescaling of every output channel
    /// @param zeroIn    the input's zero point, 0 to 255
    /// @param zeroOut   the output's zero point, 0 to 255
    public static void emit(
            A64Assembler a, String name, NeonBytePacking packing, OutputRescaling rescaling, int zeroIn, int zeroOut) {
        ConvShape shape = packing.shape();
        Frame.begin(a, name);
        Blocks.toFirstRow(a, shape, Byte.BYTES);
        var recipe = new NeonByteConv(a, packing, new Requantizing(a, rescaling, zeroOut), zeroIn);
        recipe.panels()
                .blocks(shape.groups(), shape.groupInputs(), shape.groupOutputs(), Panels.of(shape.groupOutputs()))
                .emit(a, shape.out().shape().channels(), packing.block(), recipe);
        Frame.end(a);
    }

    private Panels panels() {
        return new Panels(packing.panelBytes(), Requantizing.BYTES, Panels.COLUMNS);
    }

    @Override
    public void emit(int channels) {
        panels().emit(a, shape, Byte.BYTES, channels, this);
    }

    @Override
    public void results(PixelTile tile) {
        results.emit(tile);
    }

    /// All input channels of a tap, eight or sixteen at once.
    @Override
    public int tap(PixelTile tile) {
        int inputs = shape.groupInputs();
        int most = packing.isOfDots() ? 16 : 8;
        if (inputs >= most) {
            a.mov(X5, inputs / most);
            Label next = a.here();
            steps(tile, most);
            a.emit(SUBS, X5, X5, 1);
            a.b(Condition.NE, next);
        }
        if (inputs % most > 0) {
            steps(tile, inputs % most);
        }
        return inputs;
    }

    private void steps(PixelTile tile, int inputs) {
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            new ByteLanes(a, inputs).load(s4(pixel), tile.input(pixel));
            a.emit(ADD, tile.input(pixel), tile.input(pixel), inputs);
        }
        if (packing.isOfDots()) {
            dots(tile, Math.ceilDiv(inputs, 4));
        } else {
            products(tile, inputs);
        }
    }

    /// So many groups of four input channels.
    private void dots(PixelTile tile, int fours) {
        Vector signs = new Vector(WEIGHTS, Arrangement.B16);
        a.movi(signs, 128);
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            a.emit(EOR_BITS, new Vector(pixel, Arrangement.B16), new Vector(pixel, Arrangement.B16), signs);
        }
        int at = 0;
        for (int four = 0; four < fours; four++) {
            for (int part = 0; part < packing.parts(); part++) {
                for (int vector = 0; vector < tile.vectors(); vector++) {
                    weights(at, vector, vector % 2, tile.vectors() - vector);
                    var factor = new Vector(WEIGHTS + vector % 2, Arrangement.B16);
                    for (int pixel = 0; pixel < tile.pixels(); pixel++) {
                        a.emit(SDOT, tile.sum(pixel, vector), factor, s4(pixel).lane(four));
                    }
                }
                at += 4 * Panels.COLUMNS;
            }
        }
        a.add(X4, X4, at, X30);
    }

    /// So many input channels.
    private void products(PixelTile tile, int inputs) {
        var zero = new Vector(WEIGHTS, Arrangement.B8);
        a.movi(zero, zeroIn);
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            a.emit(USUBL, new Vector(pixel, Arrangement.H8), new Vector(pixel, Arrangement.B8), zero);
        }
        int vectors = Math.ceilDiv(tile.vectors(), 2);
        for (int input = 0; input < inputs; input++) {
            for (int vector = 0; vector < vectors; vector++) {
                weights(input * Short.BYTES * Panels.COLUMNS, vector, vector, vectors - vector);
            }
            for (int vector = 0; vector < tile.vectors(); vector++) {
                Arrangement half = vector % 2 == 0 ? Arrangement.H4 : Arrangement.H8;
                var factor = new Vector(WEIGHTS + vector / 2, half);
                for (int pixel = 0; pixel < tile.pixels(); pixel++) {
                    a.emit(SMLAL_LANE, tile.sum(pixel, vector), factor, new Vector(pixel, half).lane(input));
                }
            }
        }
        a.add(X4, X4, (long) inputs * Short.BYTES * Panels.COLUMNS, X30);
    }

    /// Reads two vectors of weights where they begin, or one if it is the last.
    ///
    /// @param at    bytes from X4 to the first vector of all
    /// @param place 0 if they are to be read now
    /// @param left  how many there are from this one on
    private void weights(int at, int vector, int place, int left) {
        Address address = Address.at(X4, at + vector * Lanes.BYTES);
        if (place == 0 && left > 1) {
            a.emit(LDP_Q, s4(WEIGHTS), s4(WEIGHTS + 1), address);
        } else if (place == 0) {
            a.emit(LDR_Q, s4(WEIGHTS), address);
        }
    }
}
