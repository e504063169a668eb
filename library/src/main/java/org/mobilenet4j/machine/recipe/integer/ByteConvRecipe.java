package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
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

import java.util.BitSet;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.Part;
import org.mobilenet4j.machine.recipe.Spread;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A convolution of bytes: pointwise, dense (on one pixel), with any window, in groups. Its routine
/// takes `(in, weights, parameters, out, from, to)`: the addresses of the memories that the planes lie
/// in, of what [#pack] makes, and the part to compute as two [org.mobilenet4j.machine.recipe.Corner]s.
/// A block is a panel of output channels; where there are groups, it is one group. Outside the part's
/// outputs nothing is written, and nothing read that is not under its windows.
public final class ByteConvRecipe implements Part.Body {
    private static final int ROWS_LEFT = Part.LOCALS;
    private static final int PANELS_LEFT = Part.LOCALS + 8;
    private static final int LOCALS = Part.LOCALS + 16;

    private final X64Assembler a;
    private final ConvShape shape;
    private final ByteTile tile;
    private final ConvPacking packing;
    private final Mem allRows;
    private final Mem rowsLeft;
    private final Mem panelsLeft;
    private final int columns;

    private ByteConvRecipe(X64Assembler assembler, ByteConv conv, BitSet rests, Routine routine, Isa isa) {
        this.a = assembler;
        this.shape = conv.shape();
        this.tile = new ByteTile(assembler, conv, !rests.isEmpty(), isa);
        this.packing = new ConvPacking(conv, isa);
        this.allRows = Part.rows(routine);
        this.rowsLeft = routine.local(ROWS_LEFT);
        this.panelsLeft = routine.local(PANELS_LEFT);
        this.columns = packing.columns();
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
        var recipe = new ByteConvRecipe(a, conv, rests, routine, isa);
        recipe.part().emit(a, routine, shape.out().shape().channels(), block(shape, isa), recipe);
        routine.end();
        recipe.tile.finish();
    }

    private Part part() {
        if (shape.groups() == 1) {
            return new Part(0, packing.panelBytes(), packing.parameterBytes(), columns);
        }
        int panels = packing.panels();
        return new Part(
                shape.groupInputs(),
                Math.multiplyExact(panels, packing.panelBytes()),
                Math.multiplyExact(panels, packing.parameterBytes()),
                shape.groupOutputs());
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
            a.emit(ADD, RSI, Math.multiplyExact(panels, packing.panelBytes()));
            a.emit(ADD, RDX, panels * packing.parameterBytes());
            a.emit(ADD, RCX, panels * columns);
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
            // While the first tile goes through the panel's weights, those of the next panel are fetched.
            a.mov(R9, packing.panelBytes());
        }
        int most = tile.bestRows(outputs);
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
        Spread spread = Spread.of(rows * width, tile.mostPixels(outputs));
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
