package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.Gpr.RDX;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.ChannelWalk;
import org.mobilenet4j.machine.recipe.Part;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// A depthwise convolution of bytes, one output a channel. Its routine takes `(in, weights, parameters,
/// out, from, to)`: the addresses of the memories that the planes lie in, of what [#pack] makes, and
/// the part to compute as two [org.mobilenet4j.machine.recipe.Corner]s; a block is [#block] channels.
/// Outside the part's outputs nothing is written, and nothing read that is not under its windows.
public final class ByteDepthwiseRecipe extends ChannelWalk {
    private final X64Assembler a;
    private final ByteConv conv;
    private final BitSet rests;
    private final RequantizeCode requantize;
    private final Routine routine;
    private final Isa isa;

    private ByteDepthwiseRecipe(X64Assembler assembler, ByteConv conv, BitSet rests, Routine routine, Isa isa) {
        super(assembler, routine, conv.shape().out().shape(), rowStep(conv.shape()), outRow(conv.shape()));
        this.a = assembler;
        this.conv = conv;
        this.rests = rests;
        this.routine = routine;
        this.isa = isa;
        this.requantize = new RequantizeCode(
                a, isa, conv.rescaling(), conv.zeroOut(), DepthwisePacking.parameters(isa), RDX, false);
    }

    /// Channels a block.
    public static int block(Isa isa) {
        return DepthwisePacking.parameters(isa).columns();
    }

    /// The weights and parameters as the routine reads them.
    ///
    /// @param rows integers from -255 to 255, one row for each tap
    public static PackedConv pack(ByteConv conv, WeightRows rows, Isa isa) {
        return new DepthwisePacking(conv, isa).pack(rows);
    }

    /// Writes the routine of that name.
    ///
    /// @param rests as the packed weights say
    /// @throws IllegalArgumentException if a channel has several outputs
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, ByteConv conv, BitSet rests, Isa isa) {
        ConvShape shape = conv.shape();
        int channels = shape.out().shape().channels();
        if (channels != shape.in().shape().channels()) {
            throw new IllegalArgumentException("one output a channel only, not " + channels + " of " + shape.in());
        }
        Routine routine = Routine.begin(a, convention, name, Part.LOCALS + ByteDepthwiseTile.LOCALS);
        Part.toFirstRow(a, shape.windowAt(0, 0), rowStep(shape), shape.out().offset(), outRow(shape));
        var packing = new DepthwisePacking(conv, isa);
        var recipe = new ByteDepthwiseRecipe(a, conv, rests, routine, isa);
        int block = block(isa);
        new Part(
                        block,
                        Math.multiplyExact(packing.parts(rests), packing.partBytes()),
                        DepthwisePacking.parameters(isa).bytes(),
                        block)
                .emit(a, routine, channels, block, recipe);
        routine.end();
        recipe.requantize.finish();
    }

    /// Bytes from one output row's inputs to the next one's.
    private static int rowStep(ConvShape shape) {
        return Math.multiplyExact(shape.window().strideRows(), shape.in().rowStride());
    }

    private static int outRow(ConvShape shape) {
        return shape.out().rowStride();
    }

    @Override
    protected List<ByteDepthwiseTile> tiles(int channels) {
        // Without masks, a tile's channels fill a register, or are few.
        int unmasked = isa.width() == Width.ZMM || channels == block(isa) ? channels : Width.XMM.bytes();
        var tiles = new ArrayList<ByteDepthwiseTile>();
        for (int first = 0; first < channels; first += unmasked) {
            int count = Math.min(unmasked, channels - first);
            tiles.add(new ByteDepthwiseTile(a, conv, rests, requantize, routine, isa, first, count));
        }
        return tiles;
    }
}
