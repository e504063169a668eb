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

import java.util.List;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.tensor.Shape;

/// The way of a depthwise convolution over a block of channels: row after row, two at a time where its tiles can, and
/// in a row one vector of channels after the other, so that a cache line is fetched once for all of its channels.
public abstract class ChannelWalk implements Part.Body {
    private final X64Assembler a;
    private final Routine routine;
    private final Shape out;
    private final int inRow;
    private final int outRow;

    /// @param out the whole output
    /// @param inRow bytes from one output row's inputs to the next one's
    /// @param outRow bytes from one output row to the next
    protected ChannelWalk(X64Assembler assembler, Routine routine, Shape out, int inRow, int outRow) {
        this.a = assembler;
        this.routine = routine;
        this.out = out;
        this.inRow = inRow;
        this.outRow = outRow;
    }

    /// The tiles for so many channels of a block, from the first on; all can do as many rows.
    protected abstract List<? extends ChannelTile> tiles(int channels);

    @Override
    public final void emit(int channels) {
        List<? extends ChannelTile> tiles = tiles(channels);
        if (tiles.size() == 1) {
            tiles.getFirst().begin();
        }
        a.emit(MOV, R11, Part.rows(routine));
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RCX);
        Label end = a.label();
        if (tiles.getFirst().mostRows() == 2 && out.height() > 1) {
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
    private void rows(List<? extends ChannelTile> tiles, int rows) {
        for (ChannelTile tile : tiles) {
            if (tiles.size() > 1) {
                tile.begin();
            }
            a.lea(R14, Mem.at(R12, tile.offset()));
            a.lea(R15, Mem.at(R13, tile.offset()));
            Spread spread = Spread.of(out.width(), tile.mostColumns(rows));
            repeat(spread.higher(), tile, rows, spread.height() + 1);
            repeat(spread.lower(), tile, rows, spread.height());
        }
        a.emit(ADD, R12, Math.multiplyExact(rows, inRow));
        a.emit(ADD, R13, Math.multiplyExact(rows, outRow));
        a.emit(SUB, R11, rows);
    }

    private void repeat(int times, ChannelTile tile, int rows, int columns) {
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
