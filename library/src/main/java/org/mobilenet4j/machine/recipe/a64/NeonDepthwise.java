package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Binary.FMLA;
import static org.mobilenet4j.machine.a64.instruction.VectorPair.LDP_Q;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.recipe.DepthwiseRecipe;

/// A depthwise convolution in floats, one output a channel, as [DepthwiseRecipe] is: the same arguments, the same order
/// of weights in memory, and the same bits.
public final class NeonDepthwise implements Blocks.Body, PixelTile.Products {
    private static final int FIRST_WEIGHTS = 0, FIRST_INPUT = 4;

    private final A64Assembler a;
    private final ConvShape shape;

    private NeonDepthwise(A64Assembler assembler, ConvShape shape) {
        this.a = assembler;
        this.shape = shape;
    }

    /// Writes the routine of that name.
    ///
    /// @throws IllegalArgumentException if a channel has several outputs
    public static void emit(A64Assembler a, String name, ConvShape shape) {
        int channels = shape.out().shape().channels();
        if (channels != shape.in().shape().channels()) {
            throw new IllegalArgumentException("one output a channel only, not " + channels + " of " + shape.in());
        }
        Frame.begin(a, name);
        Blocks.toFirstRow(a, shape, Float.BYTES);
        int bytes = 4 * DepthwiseRecipe.CHANNELS;
        new Blocks(bytes, Math.multiplyExact(bytes, shape.window().taps()), bytes, bytes)
                .emit(a, channels, DepthwiseRecipe.CHANNELS, new NeonDepthwise(a, shape));
        Frame.end(a);
    }

    @Override
    public void emit(int channels) {
        new PixelTile(a, shape, Float.BYTES, channels).emit(this);
    }

    @Override
    public void results(PixelTile tile) {
        new FloatResults(a, shape.clamp()).emit(tile);
    }

    @Override
    public int tap(PixelTile tile) {
        for (int vector = 0; vector < tile.vectors(); vector += 2) {
            // Weights are there for all vectors of a block.
            a.emit(LDP_Q, weights(vector), weights(vector + 1), Address.at(X4, vector * Lanes.BYTES));
        }
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            for (int vector = 0; vector < tile.vectors(); vector += 2) {
                products(tile, pixel, vector);
            }
        }
        a.add(X4, X4, PixelTile.STEP, X30);
        return 0;
    }

    private static Vector weights(int vector) {
        return s4(FIRST_WEIGHTS + vector);
    }

    /// One or two vectors of a pixel, read together where both are whole.
    private void products(PixelTile tile, int pixel, int vector) {
        int count = Math.min(2, tile.vectors() - vector);
        Vector input = s4(FIRST_INPUT + (pixel % 2) * 2);
        Vector more = s4(input.number() + 1);
        int at = vector * Lanes.BYTES;
        if (count == 2 && tile.lanes(vector + 1).isWhole()) {
            a.emit(LDP_Q, input, more, Address.at(tile.input(pixel), at));
        } else {
            tile.lanes(vector).load(input, tile.input(pixel), at);
            if (count == 2) {
                tile.lanes(vector + 1).load(more, tile.input(pixel), at + Lanes.BYTES);
            }
        }
        for (int i = 0; i < count; i++) {
            a.emit(FMLA, tile.sum(pixel, vector + i), i == 0 ? input : more, weights(vector + i));
        }
    }
}
