package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
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
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A pointwise product in floats. Its routine takes `(in, weights, bias, out, from, to)`: the addresses of the
/// first pixel's inputs, of all packed weights and biases, of the first pixel's outputs, and the panels of outputs
/// to compute.
///
/// Weights are packed `[panels][inputs][columns]`, biases `[panels][columns]`, both filled up behind the last
/// output; each sum begins with the bias and goes on by multiply-adds in the order of the inputs. Only outputs are
/// written, no gaps.
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

    private int weightBytes() {
        return Math.multiplyExact(4 * columns, shape.inputs());
    }

    private void panels() {
        int rest = shape.outputs() % columns;
        goTo(RSI, weightBytes());
        goTo(RDX, 4 * columns);
        goTo(RCX, 4 * columns);
        Label end = a.label();
        Label last = a.label();
        Label next = a.here();
        a.emit(CMP, R8, R9);
        a.jcc(Condition.ABOVE_EQUAL, end);
        if (rest != 0) {
            a.emit(CMP, R8, shape.outputs() / columns);
            a.jcc(Condition.EQUAL, last);
        }
        panel(columns);
        a.emit(ADD, RSI, weightBytes());
        a.emit(ADD, RDX, 4 * columns);
        a.emit(ADD, RCX, 4 * columns);
        a.inc(R8);
        a.jmp(next);
        if (rest != 0) {
            a.bind(last);
            panel(rest);
        }
        a.bind(end);
    }

    /// Moves an address on to the first panel.
    private void goTo(Gpr address, int bytes) {
        a.imul(RAX, R8, bytes);
        a.emit(ADD, address, RAX);
    }

    /// All pixels, spread evenly over as few tiles as can be, the higher ones first.
    private void panel(int outputs) {
        int most = tile.mostPixels();
        int tiles = Math.ceilDiv(shape.pixels(), most);
        int height = shape.pixels() / tiles;
        int higher = shape.pixels() % tiles;
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RCX);
        // While the first tile goes through the panel's weights, those of the next panel are fetched.
        tile.emit(higher > 0 ? height + 1 : height, outputs, weightBytes());
        repeat(higher - 1, height + 1, outputs);
        repeat(higher > 0 ? tiles - higher : tiles - 1, height, outputs);
    }

    private void repeat(int times, int height, int outputs) {
        if (times < 1) {
            return;
        }
        a.mov(RBX, times);
        Label again = a.here();
        tile.emit(height, outputs, 0);
        a.dec(RBX);
        a.jcc(Condition.NOT_EQUAL, again);
    }
}
