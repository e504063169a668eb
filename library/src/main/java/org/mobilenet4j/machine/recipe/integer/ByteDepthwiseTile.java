package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.BitSet;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.ChannelTile;
import org.mobilenet4j.machine.recipe.Part;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// One tile of a depthwise convolution of bytes: some channels by a few columns of one or two rows of
/// outputs, whose sums stay in registers, up to four vectors each. R14 and R15 are the first window's
/// inputs and the first output, and move on to those right of the tile; RSI and RDX are the block's
/// weights and parameters. RAX, R9, R10 and the locals are overwritten.
final class ByteDepthwiseTile implements ChannelTile {
    /// Bytes of the stack.
    static final int LOCALS = 16;

    /// Sums beyond which code gets long and nothing faster.
    private static final int MOST_SUMS = 8;

    private final X64Assembler a;
    private final ConvShape shape;
    private final Window window;
    private final DepthwiseTaps taps;
    private final DepthwisePacking packing;
    private final BitSet rests;
    private final RequantizeCode requantize;
    private final ByteLanes lanes;
    private final Interleaving interleaving;
    private final Mem groupsLeft;
    private final Mem columnsLeft;
    private final int offset;
    private final int vectors;
    private final int mostSums;

    /// @param offset   bytes from the block's first channel to these: whole 128 bits
    /// @param channels how many there are
    ByteDepthwiseTile(
            X64Assembler a,
            ByteConv conv,
            BitSet rests,
            RequantizeCode requantize,
            Routine routine,
            Isa isa,
            int offset,
            int channels) {
        this.a = a;
        this.shape = conv.shape();
        this.window = shape.window();
        this.taps = DepthwiseTaps.of(shape, isa);
        this.packing = new DepthwisePacking(conv, isa);
        this.rests = rests;
        this.requantize = requantize;
        this.lanes = new ByteLanes(a, isa, channels);
        this.interleaving = new Interleaving(a, isa, lanes, DepthwisePacking.vectors(channels));
        this.groupsLeft = routine.local(Part.LOCALS);
        this.columnsLeft = routine.local(Part.LOCALS + 8);
        this.offset = offset;
        this.vectors = DepthwisePacking.vectors(channels);
        int others = Math.max(vectors + RequantizeCode.SPARES, Interleaving.REGISTERS);
        this.mostSums = Math.min(MOST_SUMS, (isa.registers() - others) / vectors);
    }

    @Override
    public int offset() {
        return offset;
    }

    /// How many rows one tile may have: two where they share inputs.
    @Override
    public int mostRows() {
        return taps.rows() <= mostSums && isStraight(1) ? taps.rows() : 1;
    }

    /// How many columns a tile of so many rows may have.
    @Override
    public int mostColumns(int rows) {
        return isStraight(mostSums) ? mostSums / rows : isStraight(1) ? 1 : mostSums / 2;
    }

    private boolean isStraight(int columns) {
        return taps.isStraight(columns);
    }

    /// Writes what comes before a row, or a block's only tile.
    @Override
    public void begin() {
        lanes.prepare();
    }

    private Vector sum(int sum, int vector) {
        return Vector.of(sum * vectors + vector, lanes.width());
    }

    /// Bytes from one window to the next in a row.
    private int step() {
        return Math.multiplyExact(window.strideColumns(), shape.in().pixelStride());
    }

    private int rowStep() {
        return Math.multiplyExact(window.dilation(), shape.in().rowStride());
    }

    /// Writes it.
    @Override
    public void emit(int rows, int columns) {
        int sums = rows * columns;
        for (int vector = 0; vector < vectors; vector++) {
            // A vector's biases are a quarter of a block's.
            a.emit(VMOVUPS, sum(0, vector), Mem.at(RDX, offset + vector * packing.channels()));
            for (int sum = 1; sum < sums; sum++) {
                a.emit(VMOVUPS, sum(sum, vector), sum(0, vector));
            }
        }
        interleaving.begin();
        if (isStraight(1)) {
            straight(rows, columns);
        } else {
            loops(columns);
        }
        Width width = lanes.width();
        requantize.begin(width);
        for (int sum = 0; sum < sums; sum++) {
            int place = sum / columns * shape.out().rowStride()
                    + sum % columns * shape.out().pixelStride();
            requantize.emit(
                    sum * vectors, vectors, width, offset / DepthwisePacking.VECTORS, Mem.at(R15, place), lanes);
        }
        a.emit(ADD, R14, Math.multiplyExact(columns, step()));
        a.emit(ADD, R15, Math.multiplyExact(columns, shape.out().pixelStride()));
    }

    /// Goes over the columns of inputs, each of which is interleaved once, for all sums that want it.
    private void straight(int rows, int columns) {
        for (int x = 0; x < (columns - 1) * window.strideColumns() + window.effectiveWidth(); x++) {
            if (isWanted(x, columns)) {
                for (int group = 0; group < taps.groups(); group++) {
                    group(group, x, rows, columns);
                }
            }
        }
    }

    private boolean isWanted(int x, int columns) {
        for (int column = 0; column < columns; column++) {
            if (tap(x - column * window.strideColumns()) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// The window's column there, or -1.
    private int tap(int x) {
        return x >= 0 && x < window.effectiveWidth() && x % window.dilation() == 0 ? x / window.dilation() : -1;
    }

    private void group(int group, int x, int rows, int columns) {
        int inputs = taps.inputs(group, rows);
        if (inputs <= 0) {
            return;
        }
        int first = Math.addExact(
                Math.multiplyExact(group * taps.group(), rowStep()),
                Math.multiplyExact(x, shape.in().pixelStride()));
        interleaving.group(Mem.at(R14, first), rowStep(), inputs);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int tap = tap(x - column * window.strideColumns());
                if (tap >= 0) {
                    int index = taps.index(row, group, tap);
                    Mem weights = Mem.at(RSI, offset + index * packing.groupBytes());
                    multiply(row * columns + column, weights, index, index + 1);
                }
            }
        }
    }

    /// Products with a group's weights, and with their rests where any of the groups that this may be
    /// has such.
    private void multiply(int sum, Mem weights, int firstGroup, int endGroup) {
        for (int vector = 0; vector < vectors; vector++) {
            Mem place = weights.plus(vector * packing.channels());
            interleaving.multiply(sum(sum, vector), vector, place);
        }
        for (int part = 1; part < packing.parts(rests); part++) {
            for (int vector = 0; vector < vectors; vector++) {
                if (packing.hasRests(rests, part, firstGroup, endGroup, vector)) {
                    Mem place = weights.plus(part * packing.partBytes() + vector * packing.channels());
                    interleaving.multiply(sum(sum, vector), vector, place);
                }
            }
        }
    }

    /// Loops over the groups of taps, for large windows: R9 goes through the weights, R10 through the
    /// inputs.
    private void loops(int columns) {
        int whole = window.height() / taps.group();
        int rest = window.height() % taps.group();
        a.lea(R9, Mem.at(RSI, offset));
        a.emit(MOV, R10, R14);
        if (whole > 0) {
            a.mov(Gpr.RAX, whole);
            a.store(groupsLeft, Gpr.RAX, 8);
            Label next = a.here();
            row(columns, taps.group());
            a.emit(ADD, R10, Math.multiplyExact(taps.group(), rowStep()));
            a.emit(SUB, groupsLeft, 1);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        if (rest > 0) {
            row(columns, rest);
        }
    }

    /// One group of each of the window's columns, of so many rows of inputs; R10 stays.
    private void row(int columns, int inputs) {
        int right = Math.multiplyExact(window.dilation(), shape.in().pixelStride());
        a.mov(Gpr.RAX, window.width());
        a.store(columnsLeft, Gpr.RAX, 8);
        Label next = a.here();
        for (int column = 0; column < columns; column++) {
            interleaving.group(Mem.at(R10, Math.multiplyExact(column, step())), rowStep(), inputs);
            multiply(column, Mem.at(R9), 0, taps.all());
        }
        a.emit(ADD, R9, packing.groupBytes());
        a.emit(ADD, R10, right);
        a.emit(SUB, columnsLeft, 1);
        a.jcc(Condition.NOT_EQUAL, next);
        a.emit(SUB, R10, Math.multiplyExact(window.width(), right));
    }
}
