package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV32;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
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
public final class ConvRecipe implements Part.Body {
    private static final int ROWS_LEFT = Part.LOCALS;
    private static final int PANELS_LEFT = Part.LOCALS + 8;
    private static final int LOCALS = Part.LOCALS + 16;

    private final X64Assembler a;
    private final ConvShape shape;
    private final ProductTile tile;
    private final Mem allRows;
    private final Mem rowsLeft;
    private final Mem panelsLeft;
    private final int columns;
    private final int panels;
    private final Prefetch prefetch;

    private ConvRecipe(X64Assembler assembler, ConvShape shape, Routine routine, Isa isa, Prefetch prefetch) {
        this.a = assembler;
        this.shape = shape;
        this.tile = new ProductTile(assembler, shape, isa, prefetch);
        this.allRows = Part.rows(routine);
        this.rowsLeft = routine.local(ROWS_LEFT);
        this.panelsLeft = routine.local(PANELS_LEFT);
        this.columns = columns(shape, isa);
        this.panels = panels(shape, isa);
        this.prefetch = prefetch;
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
        var recipe = new ConvRecipe(a, shape, routine, isa, prefetch);
        recipe.part(isa).emit(a, routine, shape.out().shape().channels(), block(shape, isa), recipe);
        routine.end();
    }

    private Part part(Isa isa) {
        if (shape.groups() == 1) {
            return new Part(0, panelBytes(), 4 * columns, 4 * columns);
        }
        int panels = panels(shape, isa);
        return new Part(
                4 * shape.groupInputs(),
                Math.multiplyExact(panels, panelBytes()),
                Math.multiplyExact(panels, 4 * columns),
                4 * shape.groupOutputs());
    }

    /// Bytes of a panel's weights.
    private int panelBytes() {
        return Math.multiplyExact(4 * columns, shape.kernelRows());
    }

    @Override
    public void emit(int channels) {
        int full = channels / columns;
        int rest = channels % columns;
        if (full == 1 && rest == 0) {
            panel(columns);
            return;
        }
        if (full > 0) {
            a.mov(RAX, full);
            a.store(panelsLeft, RAX, 8);
            Label next = a.here();
            panel(columns);
            toPanel(1);
            a.emit(SUB, panelsLeft, 1);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        if (rest > 0) {
            panel(rest);
        }
        toPanel(-full);
    }

    private void toPanel(int panels) {
        if (panels != 0) {
            a.emit(ADD, RSI, Math.multiplyExact(panels, panelBytes()));
            a.emit(ADD, RDX, panels * 4 * columns);
            a.emit(ADD, RCX, panels * 4 * columns);
        }
    }

    /// All rows, for so many of a panel's outputs.
    private void panel(int outputs) {
        int height = shape.out().shape().height();
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RCX);
        a.emit(MOV, RAX, allRows);
        a.store(rowsLeft, RAX, 8);
        if (tile.isPrefetching()) {
            // The next panel's, or what lies behind the last one: the next layer's.
            a.lea(R9, Mem.at(RSI, panelBytes()));
        }
        if (prefetch.isNextLayer()) {
            a.mov(R14, (long) panels * panelBytes());
            a.emit(ADD, R14, RSI);
        }
        int most = tile.bestRows();
        whileThereAre(most, outputs);
        if (most > 1 && height % most > 1) {
            whileThereAre(height % most, outputs);
        }
        if (most > 1) {
            whileThereAre(1, outputs);
        }
    }

    /// So many rows at once, as long as there are so many.
    private void whileThereAre(int rows, int outputs) {
        Label end = a.label();
        Label next = a.here();
        a.emit(CMP, rowsLeft, rows);
        a.jcc(Condition.BELOW, end);
        rows(rows, outputs);
        a.emit(SUB, rowsLeft, rows);
        a.jmp(next);
        a.bind(end);
    }

    private void rows(int rows, int outputs) {
        int width = shape.out().shape().width();
        Spread spread = Spread.of(rows * width, tile.mostPixels());
        if (rows == 1) {
            repeat(spread.higher(), spread.height() + 1, outputs);
            repeat(spread.lower(), spread.height(), outputs);
            tile.moveBy(1, -width);
            return;
        }
        int first = 0;
        for (int i = 0; i < spread.higher() + spread.lower(); i++) {
            int pixels = spread.height() + (i < spread.higher() ? 1 : 0);
            tile.emit(first, pixels, outputs);
            first += pixels;
        }
        tile.moveBy(rows, 0);
    }

    private void repeat(int times, int pixels, int outputs) {
        if (times == 0) {
            return;
        }
        if (times > 1) {
            a.mov(RBX, times);
        }
        Label again = a.here();
        tile.emit(0, pixels, outputs);
        tile.moveBy(0, pixels);
        if (times > 1) {
            a.dec(RBX);
            a.jcc(Condition.NOT_EQUAL, again);
        }
    }
}
