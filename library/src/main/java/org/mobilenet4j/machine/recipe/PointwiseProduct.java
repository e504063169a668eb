package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R8;
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

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A pointwise product in floats. Its routine takes `(in, weights, out, from, to, rows)`: the addresses of the first
/// pixel's inputs, of all packed weights and of the first pixel's outputs, the panels of outputs to compute, and the
/// rows of pixels, 1 or more.
///
/// Weights are packed `[panels][1 + inputs][columns]`, the biases first, filled up behind the last output; each sum
/// begins with the bias and goes on by multiply-adds in the order of the inputs. Only outputs are written, no gaps.
public final class PointwiseProduct {
    private final X64Assembler a;
    private final PointwiseShape shape;
    private final PointwiseTile tile;
    private final int columns;

    private PointwiseProduct(X64Assembler assembler, PointwiseShape shape, Isa isa) {
        this.a = assembler;
        this.shape = shape;
        this.tile = new PointwiseTile(assembler, shape, isa);
        this.columns = columns(isa);
    }

    /// Outputs a panel: two vectors.
    public static int columns(Isa isa) {
        return PointwiseTile.VECTORS * isa.width().floats();
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, PointwiseShape shape, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, 0);
        new PointwiseProduct(a, shape, isa).panels();
        routine.end();
    }

    private int panelBytes() {
        return Math.multiplyExact(4 * columns, 1 + shape.inputs());
    }

    private void panels() {
        int rest = shape.outputs() % columns;
        goTo(RSI, panelBytes());
        goTo(RDX, 4 * columns);
        Label end = a.label();
        Label last = a.label();
        Label next = a.here();
        a.emit(CMP, RCX, R8);
        a.jcc(Condition.ABOVE_EQUAL, end);
        if (rest != 0) {
            a.emit(CMP, RCX, shape.outputs() / columns);
            a.jcc(Condition.EQUAL, last);
        }
        panel(columns);
        a.emit(ADD, RSI, panelBytes());
        a.emit(ADD, RDX, 4 * columns);
        a.inc(RCX);
        a.jmp(next);
        if (rest != 0) {
            a.bind(last);
            panel(rest);
        }
        a.bind(end);
    }

    /// Moves an address on to the first panel.
    private void goTo(Gpr address, int bytes) {
        a.imul(RAX, RCX, bytes);
        a.emit(ADD, address, RAX);
    }

    /// All rows. While the first tile goes through the panel's weights, those of the next panel are fetched.
    private void panel(int outputs) {
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RDX);
        a.emit(MOV, R14, R9);
        int together = tile.mostPixels() / shape.width();
        if (together > 1) {
            lowRows(together, outputs);
        } else {
            Label end = a.label();
            row(outputs, panelBytes());
            Label again = a.here();
            a.dec(R14);
            a.jcc(Condition.EQUAL, end);
            row(outputs, 0);
            a.jmp(again);
            a.bind(end);
        }
    }

    /// Short rows, several a tile, and what is left over one by one.
    private void lowRows(int together, int outputs) {
        Label ones = a.label();
        Label end = a.label();
        a.emit(CMP, R14, together);
        a.jcc(Condition.BELOW, ones);
        rows(together, outputs, panelBytes());
        Label again = a.here();
        a.emit(CMP, R14, together);
        a.jcc(Condition.BELOW, ones);
        rows(together, outputs, 0);
        a.jmp(again);
        a.bind(ones);
        a.emit(CMP, R14, 0);
        a.jcc(Condition.EQUAL, end);
        rows(1, outputs, 0);
        a.jmp(ones);
        a.bind(end);
    }

    private void rows(int count, int outputs, int ahead) {
        tile.emit(count, shape.width(), outputs, ahead);
        a.emit(ADD, R12, Math.multiplyExact(count, shape.inRow()));
        a.emit(ADD, R13, Math.multiplyExact(count, shape.outRow()));
        a.emit(SUB, R14, count);
    }

    /// One row, spread evenly over as few tiles as can be, the higher ones first.
    private void row(int outputs, int ahead) {
        int tiles = Math.ceilDiv(shape.width(), tile.mostPixels());
        int few = shape.width() / tiles;
        int withMore = shape.width() % tiles;
        int first = withMore > 0 ? few + 1 : few;
        pixels(1, first, outputs, ahead);
        pixels(withMore - 1, first, outputs, 0);
        pixels(withMore > 0 ? tiles - withMore : tiles - 1, few, outputs, 0);
        a.emit(ADD, R12, shape.inRow() - shape.width() * shape.inStride());
        a.emit(ADD, R13, shape.outRow() - shape.width() * shape.outStride());
    }

    private void pixels(int times, int count, int outputs, int ahead) {
        if (times < 1) {
            return;
        }
        a.mov(RBX, times);
        Label again = a.here();
        tile.emit(1, count, outputs, ahead);
        a.emit(ADD, R12, Math.multiplyExact(count, shape.inStride()));
        a.emit(ADD, R13, Math.multiplyExact(count, shape.outStride()));
        a.dec(RBX);
        a.jcc(Condition.NOT_EQUAL, again);
    }
}
