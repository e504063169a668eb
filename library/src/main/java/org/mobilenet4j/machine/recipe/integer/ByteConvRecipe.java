package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.Gpr.R9;

import java.util.BitSet;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.PanelWalk;
import org.mobilenet4j.machine.recipe.Part;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A convolution of bytes: pointwise, dense (on one pixel), with any window, in groups. Its routine
/// takes `(in, weights, parameters, out, from, to)`: the addresses of the memories that the planes lie
/// in, of what [#pack] makes, and the part to compute as two [org.mobilenet4j.machine.recipe.Corner]s.
/// A block is a panel of output channels; where there are groups, it is one group. Outside the part's
/// outputs nothing is written, and nothing read that is not under its windows.
public final class ByteConvRecipe extends PanelWalk {
    private final X64Assembler a;
    private final ConvShape shape;
    private final ByteTile tile;
    private final ConvPacking packing;

    private ByteConvRecipe(
            X64Assembler assembler, ConvShape shape, Routine routine, ByteTile tile, ConvPacking packing) {
        super(
                assembler,
                routine,
                shape.out().shape(),
                tile,
                new Panel(packing.columns(), packing.panelBytes(), packing.parameterBytes(), packing.columns()));
        this.a = assembler;
        this.shape = shape;
        this.tile = tile;
        this.packing = packing;
    }

    /// Output channels a block.
    public static int block(ConvShape shape, Isa isa) {
        return shape.groups() == 1 ? ByteTile.parameters(shape, isa).columns() : shape.groupOutputs();
    }

    /// The weights and parameters as the routine reads them.
    ///
    /// @param rows integers from -255 to 255, one row for each tap and each input of a group
    public static PackedConv pack(ByteConv conv, WeightRows rows, Isa isa) {
        return new ConvPacking(conv, isa).pack(rows);
    }

    /// Writes the routine of that name.
    ///
    /// @param rests as the packed weights say
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, ByteConv conv, BitSet rests, Isa isa) {
        ConvShape shape = conv.shape();
        Routine routine = Routine.begin(a, convention, name, LOCALS);
        Part.toFirstRow(
                a, shape.windowAt(0, 0), ByteTile.inRow(shape), shape.out().offset(), ByteTile.outRow(shape));
        var tile = new ByteTile(a, conv, !rests.isEmpty(), isa);
        var recipe = new ByteConvRecipe(a, shape, routine, tile, new ConvPacking(conv, isa));
        recipe.part().emit(a, routine, shape.out().shape().channels(), block(shape, isa), recipe);
        routine.end();
        tile.finish();
    }

    private Part part() {
        if (shape.groups() == 1) {
            return new Part(0, packing.panelBytes(), packing.parameterBytes(), packing.columns());
        }
        int panels = packing.panels();
        return new Part(
                shape.groupInputs(),
                Math.multiplyExact(panels, packing.panelBytes()),
                Math.multiplyExact(panels, packing.parameterBytes()),
                shape.groupOutputs());
    }

    @Override
    protected void beginPanel() {
        if (tile.isPrefetching()) {
            // While the first tile goes through the panel's weights, those of the next panel are fetched.
            a.mov(R9, packing.panelBytes());
        }
    }
}
