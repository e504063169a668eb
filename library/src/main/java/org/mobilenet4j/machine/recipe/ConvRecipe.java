package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV32;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A convolution in floats: pointwise, dense (on one pixel), with any window, in groups. Its routine takes `(in,
/// weights, bias, out, from, to)`: the addresses of the memories that the planes lie in, of all packed weights and
/// biases, and the part to compute as two [Corner]s. A block is a panel of output channels, [#columns] of them; where
/// there are groups, it is one group.
///
/// Weights are packed `[groups][panels][taps][inputs][columns]`, biases `[groups][panels][columns]`, both filled up
/// behind a group's last output. Each sum begins with the bias and goes on by multiply-adds in the order of taps
/// and inputs. Outside the part's outputs nothing is written, and nothing read that is not under its windows.
public final class ConvRecipe extends PanelWalk {
    private final X64Assembler a;
    private final ConvShape shape;
    private final ProductTile tile;
    private final int columns;
    private final int panels;
    private final Prefetch prefetch;

    private ConvRecipe(
            X64Assembler assembler, ConvShape shape, Routine routine, Isa isa, Prefetch prefetch, ProductTile tile) {
        super(assembler, routine, shape.out().shape(), tile, panel(shape, columns(shape, isa)));
        this.a = assembler;
        this.shape = shape;
        this.tile = tile;
        this.columns = columns(shape, isa);
        this.panels = panels(shape, isa);
        this.prefetch = prefetch;
    }

    private static Panel panel(ConvShape shape, int columns) {
        return new Panel(columns, panelBytes(shape, columns), 4 * columns, 4 * columns);
    }

    /// Output channels a panel: two vectors, or four where there are too few pixels to fill the registers; always four
    /// on AArch64.
    public static int columns(ConvShape shape, Isa isa) {
        return (isa.isArm() ? 4 : ProductTile.vectors(shape)) * isa.width().floats();
    }

    /// Panels a group.
    public static int panels(ConvShape shape, Isa isa) {
        return Math.ceilDiv(shape.groupOutputs(), columns(shape, isa));
    }

    /// Output channels a block.
    public static int block(ConvShape shape, Isa isa) {
        return shape.groups() == 1 ? columns(shape, isa) : shape.groupOutputs();
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, ConvShape shape, Isa isa) {
        emit(
                a,
                convention,
                name,
                shape,
                isa,
                Prefetch.weights(shape.out().shape().height()));
    }

    /// Writes the routine of that name, which fetches as `prefetch` says.
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, ConvShape shape, Isa isa, Prefetch prefetch) {
        Routine routine = Routine.begin(a, convention, name, LOCALS);
        if (prefetch.hasInputs()) {
            a.emit(MOV32, RAX, R9);
            a.imul(R14, RAX, prefetch.inputRow());
            a.emit(ADD, R14, RCX);
            a.mov(RAX, prefetch.inputs());
            a.emit(ADD, R14, RAX);
        }
        Part.toFirstRow(
                a,
                4L * shape.windowAt(0, 0),
                ProductTile.inRow(shape),
                4L * shape.out().offset(),
                ProductTile.outRow(shape));
        var recipe = new ConvRecipe(a, shape, routine, isa, prefetch, new ProductTile(a, shape, isa, prefetch));
        recipe.part().emit(a, routine, shape.out().shape().channels(), block(shape, isa), recipe);
        routine.end();
    }

    private Part part() {
        if (shape.groups() == 1) {
            return new Part(0, panelBytes(shape, columns), 4 * columns, 4 * columns);
        }
        return new Part(
                4 * shape.groupInputs(),
                Math.multiplyExact(panels, panelBytes(shape, columns)),
                Math.multiplyExact(panels, 4 * columns),
                4 * shape.groupOutputs());
    }

    /// Bytes of a panel's weights.
    private static int panelBytes(ConvShape shape, int columns) {
        return Math.multiplyExact(4 * columns, shape.kernelRows());
    }

    @Override
    protected void beginPanel() {
        if (tile.isPrefetching()) {
            // The next panel's, or what lies behind the last one: the next layer's.
            a.lea(R9, Mem.at(RSI, panelBytes(shape, columns)));
        }
        if (prefetch.isNextLayer()) {
            a.mov(R14, (long) panels * panelBytes(shape, columns));
            a.emit(ADD, R14, RSI);
        }
    }
}
