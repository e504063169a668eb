package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Operand;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// One tile of a depthwise convolution: a vector of channels by a few columns of one or two rows of outputs, whose
/// sums stay in registers. R14 and R15 are the first window's inputs and the first output, and move on to those right
/// of the tile; RSI and RDX are the block's weights and biases. RAX, R9, R10 and a local are overwritten.
///
/// Taps are written out: as many weights as fit beside the sums stay in registers from tile to tile, and each input is
/// read once a tile, for all sums that want it. For large windows, loops go over the taps.
final class DepthwiseTile implements ChannelTile {
    /// Bytes of a block's channels.
    static final int BLOCK = 64;

    /// Bytes of the stack.
    static final int LOCALS = 8;

    /// Sums of a row, beyond which code gets long and nothing faster.
    private static final int MOST_COLUMNS = 8;

    /// Multiply-adds of a tile that are written out; more of them are loops.
    private static final int STRAIGHT_PRODUCTS = 450;

    private final X64Assembler a;
    private final ConvShape shape;
    private final Window window;
    private final Mem rowsLeft;
    private final Width width;
    private final Isa isa;
    private final int offset;
    private final Lanes lanes;
    /// Registers for weights, sums and inputs.
    private final int registers;
    /// Whether the taps are written out.
    private final boolean isStraight;
    private final int mostRows;
    /// Taps whose weights stay in registers from tile to tile.
    private final int residents;

    /// @param offset   bytes from the block's first channel to the vector's
    /// @param channels how many of the vector's there are
    DepthwiseTile(X64Assembler assembler, ConvShape shape, Routine routine, Isa isa, int offset, int channels) {
        this.a = assembler;
        this.shape = shape;
        this.window = shape.window();
        this.rowsLeft = routine.local(Part.LOCALS);
        this.lanes = new Lanes(a, isa, channels, isa.registers() - 1);
        this.width = lanes.width();
        this.isa = isa;
        this.offset = offset;
        this.registers = isa.registers() - (lanes.takesRegister() ? 1 : 0);
        this.isStraight = window.taps() * MOST_COLUMNS <= STRAIGHT_PRODUCTS;
        int sums = isa.registers() / 2;
        boolean sharesInputs = window.strideRows() == 1 && window.dilation() == 1 && window.height() > 1;
        this.mostRows = isStraight && sharesInputs && window.taps() * sums <= STRAIGHT_PRODUCTS ? 2 : 1;
        this.residents = isStraight ? Math.min(window.taps(), registers - 1 - mostRows * mostColumns(mostRows)) : 0;
    }

    @Override
    public int offset() {
        return offset;
    }

    /// How many rows one tile may have: two where they share inputs.
    @Override
    public int mostRows() {
        return mostRows;
    }

    /// How many columns a tile of so many rows may have.
    @Override
    public int mostColumns(int rows) {
        return rows == 1 ? MOST_COLUMNS : isa.registers() / 2 / rows;
    }

    /// Writes what comes before the first tile of a row, or of a block of one vector.
    @Override
    public void begin() {
        lanes.prepare();
        for (int tap = 0; tap < residents; tap++) {
            a.emit(VMOVUPS, Vector.of(registers - 1 - tap, width), Mem.at(RSI, offset + tap * BLOCK));
        }
    }

    private Operand weights(int tap) {
        return tap < residents ? Vector.of(registers - 1 - tap, width) : Mem.at(RSI, offset + tap * BLOCK);
    }

    /// Bytes from one window to the next in a row.
    private int step() {
        return Math.multiplyExact(4 * window.strideColumns(), shape.in().pixelStride());
    }

    /// Writes it.
    @Override
    public void emit(int rows, int columns) {
        int sums = rows * columns;
        for (int i = 0; i < sums; i++) {
            a.emit(VMOVUPS, Vector.of(i, width), i == 0 ? Mem.at(RDX, offset) : Vector.of(0, width));
        }
        if (isStraight) {
            products(rows, columns);
        } else {
            loops(columns);
        }
        ClampCode.of(shape.clamp()).emit(a, 0, sums, Vector.of(sums, width));
        for (int i = 0; i < sums; i++) {
            int place = i / columns * shape.out().rowStride()
                    + i % columns * shape.out().pixelStride();
            lanes.store(Mem.at(R15, Math.multiplyExact(4, place)), Vector.of(i, width));
        }
        a.emit(ADD, R14, Math.multiplyExact(columns, step()));
        a.emit(ADD, R15, Math.multiplyExact(4 * columns, shape.out().pixelStride()));
    }

    /// Goes over the inputs from left to right and from above, so that each sum meets its taps in their order.
    private void products(int rows, int columns) {
        int spare = registers - residents - rows * columns;
        int loads = 0;
        for (int y = 0; y < (rows - 1) * window.strideRows() + window.effectiveHeight(); y++) {
            for (int x = 0; x < (columns - 1) * window.strideColumns() + window.effectiveWidth(); x++) {
                Vector input = Vector.of(rows * columns + loads % spare, width);
                if (productsOf(y, x, rows, columns, input)) {
                    loads++;
                }
            }
        }
    }

    /// All products of one input; whether there are any.
    private boolean productsOf(int y, int x, int rows, int columns, Vector input) {
        boolean isLoaded = false;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int tap = tap(y - row * window.strideRows(), x - column * window.strideColumns());
                if (tap < 0) {
                    continue;
                }
                if (!isLoaded) {
                    int place = y * shape.in().rowStride() + x * shape.in().pixelStride();
                    lanes.load(input, Mem.at(R14, Math.multiplyExact(4, place)));
                    isLoaded = true;
                }
                a.emit(VFMADD231PS, Vector.of(row * columns + column, width), input, weights(tap));
            }
        }
        return isLoaded;
    }

    /// The tap in that row and column of a window, or -1.
    private int tap(int y, int x) {
        boolean isTap = y >= 0
                && x >= 0
                && y < window.effectiveHeight()
                && x < window.effectiveWidth()
                && y % window.dilation() == 0
                && x % window.dilation() == 0;
        return isTap ? y / window.dilation() * window.width() + x / window.dilation() : -1;
    }

    /// Loops over the taps: each tap's weights, then an input for each sum.
    private void loops(int columns) {
        Vector weights = Vector.of(columns, width);
        Vector input = Vector.of(columns + 1, width);
        int right = Math.multiplyExact(4 * window.dilation(), shape.in().pixelStride());
        int down = Math.multiplyExact(4 * window.dilation(), shape.in().rowStride());
        a.emit(MOV, RAX, R14);
        a.lea(R9, Mem.at(RSI, offset));
        a.mov(R10, window.height());
        a.store(rowsLeft, R10, 8);
        Label nextRow = a.here();
        a.mov(R10, window.width());
        Label next = a.here();
        a.emit(VMOVUPS, weights, Mem.at(R9));
        for (int i = 0; i < columns; i++) {
            lanes.load(input, Mem.at(RAX, Math.multiplyExact(i, step())));
            a.emit(VFMADD231PS, Vector.of(i, width), input, weights);
        }
        a.emit(ADD, R9, BLOCK);
        a.emit(ADD, RAX, right);
        a.dec(R10);
        a.jcc(Condition.NOT_EQUAL, next);
        a.emit(ADD, RAX, down - Math.multiplyExact(window.width(), right));
        a.emit(SUB, rowsLeft, 1);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }
}
