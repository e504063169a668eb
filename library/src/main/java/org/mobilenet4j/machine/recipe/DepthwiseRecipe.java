package org.mobilenet4j.machine.recipe;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A depthwise convolution in floats, one output a channel. Its routine takes `(in, weights, bias, out, from, to)`:
/// the addresses of the memories that the planes lie in, of all packed weights and biases, and the part to compute
/// as two [Corner]s; a block is a cache line of channels.
///
/// Weights are packed `[blocks][taps][16]`, biases `[blocks][16]`, both filled up behind the last channel. Each
/// sum begins with the bias and goes on by multiply-adds in the order of the taps. Outside the part's outputs
/// nothing is written, and nothing read that is not under its windows.
public final class DepthwiseRecipe extends ChannelWalk {
    /// Channels a block.
    public static final int CHANNELS = DepthwiseTile.BLOCK / 4;

    private final X64Assembler a;
    private final ConvShape shape;
    private final Routine routine;
    private final Isa isa;

    private DepthwiseRecipe(X64Assembler assembler, ConvShape shape, Routine routine, Isa isa) {
        super(assembler, routine, shape.out().shape(), rowStep(shape), outRow(shape));
        this.a = assembler;
        this.shape = shape;
        this.routine = routine;
        this.isa = isa;
    }

    /// Writes the routine of that name.
    ///
    /// @throws IllegalArgumentException if a channel has several outputs
    public static void emit(X64Assembler a, CallingConvention convention, String name, ConvShape shape, Isa isa) {
        int channels = shape.out().shape().channels();
        if (channels != shape.in().shape().channels()) {
            throw new IllegalArgumentException("one output a channel only, not " + channels + " of " + shape.in());
        }
        Routine routine = Routine.begin(a, convention, name, Part.LOCALS + DepthwiseTile.LOCALS);
        Part.toFirstRow(
                a, 4L * shape.windowAt(0, 0), rowStep(shape), 4L * shape.out().offset(), outRow(shape));
        int bytes = DepthwiseTile.BLOCK;
        new Part(bytes, Math.multiplyExact(bytes, shape.window().taps()), bytes, bytes)
                .emit(a, routine, channels, CHANNELS, new DepthwiseRecipe(a, shape, routine, isa));
        routine.end();
    }

    /// Bytes from one output row's inputs to the next one's.
    private static int rowStep(ConvShape shape) {
        return Math.multiplyExact(4 * shape.window().strideRows(), shape.in().rowStride());
    }

    private static int outRow(ConvShape shape) {
        return Math.multiplyExact(4, shape.out().rowStride());
    }

    @Override
    protected List<DepthwiseTile> tiles(int channels) {
        var tiles = new ArrayList<DepthwiseTile>();
        int lanes = isa.width().floats();
        for (int first = 0; first < channels; first += lanes) {
            tiles.add(new DepthwiseTile(a, shape, routine, isa, 4 * first, Math.min(lanes, channels - first)));
        }
        return tiles;
    }
}
