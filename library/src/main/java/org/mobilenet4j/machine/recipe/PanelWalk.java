package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
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

import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.tensor.Shape;

/// The way of a convolution over a part of its output: panel after panel, rows spread over tiles as evenly as can be.
/// RSI, RDX and RCX stand at the panel's weights, its parameters and its outputs.
public abstract class PanelWalk implements Part.Body {
    private static final int ROWS_LEFT = Part.LOCALS;
    private static final int PANELS_LEFT = Part.LOCALS + 8;

    /// Bytes of a routine's local values.
    public static final int LOCALS = Part.LOCALS + 16;

    /// How far it is from a panel to the next one, in bytes.
    ///
    /// @param columns output channels a panel, which are no bytes
    /// @param weights of its weights
    /// @param parameters of its biases, or what else it has for each output
    /// @param outputs of its outputs in a pixel
    public record Panel(int columns, int weights, int parameters, int outputs) {}

    private final X64Assembler a;
    private final Shape out;
    private final PanelTile tile;
    private final Panel panel;
    private final Mem allRows;
    private final Mem rowsLeft;
    private final Mem panelsLeft;

    /// @param out the whole output
    protected PanelWalk(X64Assembler assembler, Routine routine, Shape out, PanelTile tile, Panel panel) {
        this.a = assembler;
        this.out = out;
        this.tile = tile;
        this.panel = panel;
        this.allRows = Part.rows(routine);
        this.rowsLeft = routine.local(ROWS_LEFT);
        this.panelsLeft = routine.local(PANELS_LEFT);
    }

    /// Writes what comes before a panel's tiles. All registers but RAX, R9 and R14 are in use.
    protected abstract void beginPanel();

    @Override
    public final void emit(int channels) {
        int full = channels / panel.columns;
        int rest = channels % panel.columns;
        if (full == 1 && rest == 0) {
            panel(panel.columns);
            return;
        }
        if (full > 0) {
            a.mov(RAX, full);
            a.store(panelsLeft, RAX, 8);
            Label next = a.here();
            panel(panel.columns);
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
            a.emit(ADD, RSI, Math.multiplyExact(panels, panel.weights));
            a.emit(ADD, RDX, Math.multiplyExact(panels, panel.parameters));
            a.emit(ADD, RCX, Math.multiplyExact(panels, panel.outputs));
        }
    }

    /// All rows, for so many of a panel's outputs.
    private void panel(int outputs) {
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RCX);
        a.emit(MOV, RAX, allRows);
        a.store(rowsLeft, RAX, 8);
        beginPanel();
        int most = tile.bestRows(outputs);
        whileThereAre(most, outputs);
        if (most > 1 && out.height() % most > 1) {
            whileThereAre(out.height() % most, outputs);
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
        Spread spread = Spread.of(rows * out.width(), tile.mostPixels(outputs));
        if (rows == 1) {
            repeat(spread.higher(), spread.height() + 1, outputs);
            repeat(spread.lower(), spread.height(), outputs);
            tile.moveBy(1, -out.width());
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
