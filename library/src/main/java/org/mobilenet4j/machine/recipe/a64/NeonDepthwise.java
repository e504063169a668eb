package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Binary.FMLA;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.recipe.DepthwiseRecipe;

/// A depthwise convolution in floats, one output a channel, as [DepthwiseRecipe] is: the same arguments, the same order
/// of weights in memory, and the same bits.
public final class NeonDepthwise implements Blocks.Body, PixelTile.Products {
    private static final int FIRST_WEIGHTS = 0, FIRST_INPUT = 4, INPUTS = 4;

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
        for (int vector = 0; vector < tile.vectors(); vector++) {
            a.emit(LDR_Q, s4(FIRST_WEIGHTS + vector), Address.at(X4, vector * Lanes.BYTES));
        }
        int loads = 0;
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            for (int vector = 0; vector < tile.vectors(); vector++) {
                Vector input = s4(FIRST_INPUT + loads++ % INPUTS);
                tile.lanes(vector).load(input, tile.input(pixel), vector * Lanes.BYTES);
                a.emit(FMLA, tile.sum(pixel, vector), input, s4(FIRST_WEIGHTS + vector));
            }
        }
        a.add(X4, X4, PixelTile.STEP, X30);
        return 0;
    }
}
