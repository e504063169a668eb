package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A depthwise convolution in floats, one output a channel. Its routine takes `(in, weights, bias, out, from, to)`:
/// the addresses of the memories that the planes lie in, of all packed weights and biases, and the part to compute
/// as two [Corner]s; a block is a cache line of channels.
///
/// Weights are packed `[blocks][taps][16]`, biases `[blocks][16]`, both filled up behind the last channel. Each
/// sum begins with the bias and goes on by multiply-adds in the order of the taps. Outside the part's outputs
/// nothing is written, and nothing read that is not under its windows.
public final class DepthwiseRecipe implements Part.Body {
    /// Channels a block.
    public static final int CHANNELS = DepthwiseTile.BLOCK / 4;

    private final X64Assembler a;
    private final ConvShape shape;
    private final Routine routine;
    private final Isa isa;

    private DepthwiseRecipe(X64Assembler assembler, ConvShape shape, Routine routine, Isa isa) {
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
        return Math.multiplyExact(4 * shape.window().stride(), shape.in().rowStride());
    }

    private static int outRow(ConvShape shape) {
        return Math.multiplyExact(4, shape.out().rowStride());
    }

    @Override
    public void emit(int channels) {
        // Rows go through one vector after the other, so that a cache line is fetched once for all of its channels.
        var tiles = new ArrayList<DepthwiseTile>();
        int lanes = isa.width().floats();
        for (int first = 0; first < channels; first += lanes) {
            tiles.add(new DepthwiseTile(a, shape, routine, isa, 4 * first, Math.min(lanes, channels - first)));
        }
        if (tiles.size() == 1) {
            tiles.getFirst().begin();
        }
        a.emit(MOV, R11, Part.rows(routine));
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RCX);
        Label end = a.label();
        if (tiles.getFirst().mostRows() == 2 && shape.out().shape().height() > 1) {
            Label single = a.label();
            Label next = a.here();
            a.emit(CMP, R11, 2);
            a.jcc(Condition.BELOW, single);
            rows(tiles, 2);
            a.jmp(next);
            a.bind(single);
            a.emit(CMP, R11, 0);
            a.jcc(Condition.EQUAL, end);
            rows(tiles, 1);
        } else {
            Label next = a.here();
            rows(tiles, 1);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        a.bind(end);
    }

    /// One or two rows of outputs. Leaves the flags of R11, the rows that remain.
    private void rows(List<DepthwiseTile> tiles, int rows) {
        for (DepthwiseTile tile : tiles) {
            if (tiles.size() > 1) {
                tile.begin();
            }
            a.lea(R14, Mem.at(R12, tile.offset()));
            a.lea(R15, Mem.at(R13, tile.offset()));
            Spread spread = Spread.of(shape.out().shape().width(), tile.mostColumns(rows));
            repeat(spread.higher(), tile, rows, spread.height() + 1);
            repeat(spread.lower(), tile, rows, spread.height());
        }
        a.emit(ADD, R12, Math.multiplyExact(rows, rowStep(shape)));
        a.emit(ADD, R13, Math.multiplyExact(rows, outRow(shape)));
        a.emit(SUB, R11, rows);
    }

    private void repeat(int times, DepthwiseTile tile, int rows, int columns) {
        if (times == 0) {
            return;
        }
        if (times == 1) {
            tile.emit(rows, columns);
            return;
        }
        a.mov(RBX, times);
        Label again = a.here();
        tile.emit(rows, columns);
        a.dec(RBX);
        a.jcc(Condition.NOT_EQUAL, again);
    }
}
