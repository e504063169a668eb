package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
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
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Operand;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// A depthwise filter in training. Its routine takes the arrays `(in, weights, out)` and the numbers bytes from one
/// output pixel to the next, rows and columns of outputs, at least one of each; rows follow one another.
///
/// A cache line of channels goes through all rows, so that it is fetched once; two rows at a time where they share
/// inputs. Each sum begins with 0 and goes on by multiply-adds in the order of the taps. As many weights as fit beside
/// a tile's sums stay in registers.
public final class DepthwiseFilterRecipe {
    private static final int LINE = 4 * PixelStride.FLOATS;

    /// Columns of a tile, beyond which code gets long and nothing faster.
    private static final int MOST_COLUMNS = 8;

    /// Multiply-adds of a tile that are written out; windows with more of them are loops over the taps.
    private static final int STRAIGHT_PRODUCTS = 450;

    private final X64Assembler a;
    private final TapLayout taps;
    private final ArrayRoutine routine;
    private final AheadCode ahead;
    private final Width width;
    private final int registers;
    /// Vectors of a cache line.
    private final int vectors;

    private final boolean isStraight;
    /// Rows and columns of the largest tile.
    private final int mostRows;

    private final int mostColumns;
    /// Taps whose weights stay in registers.
    private final int residents;

    private DepthwiseFilterRecipe(X64Assembler assembler, TapLayout taps, ArrayRoutine routine, Isa isa) {
        this.a = assembler;
        this.taps = taps;
        this.routine = routine;
        this.ahead = new AheadCode(assembler, routine, 3, 3);
        this.width = isa.width();
        this.registers = isa.registers();
        this.vectors = LINE / width.bytes();
        int count = taps.height() * taps.width();
        int sums = registers / 2;
        this.isStraight = count * MOST_COLUMNS <= STRAIGHT_PRODUCTS;
        boolean sharesInputs = taps.height() > 1 && taps.rowStep() == taps.rowTap();
        this.mostRows = sharesInputs && count * sums <= STRAIGHT_PRODUCTS ? 2 : 1;
        this.mostColumns = Math.min(MOST_COLUMNS, sums / mostRows);
        this.residents = isStraight ? Math.min(count, registers - mostRows * mostColumns - 1) : 0;
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, TapLayout taps, Isa isa) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, 3 + AheadCode.ARRAYS, AheadCode.LOCALS);
        new DepthwiseFilterRecipe(a, taps, routine, isa).emit();
        routine.end();
    }

    /// Rows of most tiles.
    public static int rows(TapLayout taps) {
        return taps.height() > 1 && taps.rowStep() == taps.rowTap() ? 2 : 1;
    }

    private void emit() {
        ahead.begin();
        a.emit(MOV, R8, routine.number(0));
        a.emit(MOV, R9, routine.number(2));
        outRow();
        a.mov(R10, taps.channels() / PixelStride.FLOATS);
        Label next = a.here();
        if (vectors == 1) {
            loadResidents(0);
        }
        a.emit(MOV, R11, routine.number(1));
        a.emit(MOV, R12, RDI);
        a.emit(MOV, R13, RDX);
        if (mostRows == 2) {
            whileThereAreRows(2, allColumns());
            whileThereAreRows(1, List.of(MOST_COLUMNS, 4, 2, 1));
        } else {
            whileThereAreRows(1, allColumns());
        }
        a.emit(ADD, RDI, LINE);
        a.emit(ADD, RSI, LINE);
        a.emit(ADD, RDX, LINE);
        a.dec(R10);
        a.jcc(Condition.NOT_EQUAL, next);
    }

    private void loadResidents(int bytes) {
        for (int tap = 0; tap < residents; tap++) {
            a.emit(VMOVUPS, resident(tap), weight(tap, bytes));
        }
    }

    /// RCX = bytes from one row of outputs to the next.
    private void outRow() {
        Label again = a.label();
        a.mov(RCX, 0);
        a.emit(MOV, RAX, R9);
        a.bind(again);
        a.emit(ADD, RCX, R8);
        a.dec(RAX);
        a.jcc(Condition.NOT_EQUAL, again);
    }

    private List<Integer> allColumns() {
        var all = new ArrayList<Integer>();
        for (int columns = mostColumns; columns > 0; columns--) {
            all.add(columns);
        }
        return all;
    }

    /// So many rows at once as long as there are so many, in tiles of these widths.
    private void whileThereAreRows(int rows, List<Integer> columns) {
        Label end = a.label();
        Label again = a.here();
        a.emit(CMP, R11, rows);
        a.jcc(Condition.LESS, end);
        ahead.emit(R14, R15);
        a.emit(MOV, R14, R12);
        a.emit(MOV, R15, R13);
        a.emit(MOV, RAX, R9);
        Label done = a.label();
        for (int count : columns) {
            Label narrower = a.label();
            Label tile = a.here();
            a.emit(CMP, RAX, count);
            a.jcc(Condition.LESS, narrower);
            tile(rows, count);
            a.emit(SUB, RAX, count);
            a.jcc(Condition.EQUAL, done);
            if (count == columns.getFirst()) {
                a.jmp(tile);
            }
            a.bind(narrower);
        }
        a.bind(done);
        a.emit(ADD, R12, Math.multiplyExact(4 * rows, taps.rowStep()));
        for (int row = 0; row < rows; row++) {
            a.emit(ADD, R13, RCX);
        }
        a.emit(SUB, R11, rows);
        a.jmp(again);
        a.bind(end);
    }

    private Vector register(int number) {
        return Vector.of(number, width);
    }

    private Vector resident(int tap) {
        return register(registers - 1 - tap);
    }

    private Mem weight(int tap, int bytes) {
        return Mem.at(RSI, Math.multiplyExact(4 * tap, taps.channels()) + bytes);
    }

    /// Outputs from R15 on, whose windows begin at R14; both move on.
    private void tile(int rows, int columns) {
        for (int vector = 0; vector < vectors; vector++) {
            vector(rows, columns, vector * width.bytes());
        }
        a.emit(MOV, R15, RBX);
        a.emit(ADD, R14, Math.multiplyExact(4 * columns, taps.pixelStep()));
    }

    /// A tile's vector of channels, so many bytes into the line.
    private void vector(int rows, int columns, int bytes) {
        if (vectors > 1) {
            loadResidents(bytes);
        }
        int sums = rows * columns;
        for (int i = 0; i < sums; i++) {
            a.emit(VXORPS, register(i), register(i), register(i));
        }
        if (isStraight) {
            products(rows, columns, bytes);
        } else {
            loops(columns, bytes);
        }
        a.emit(MOV, RBX, R15);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                Mem place = row == 0 ? Mem.at(RBX, bytes) : Mem.at(RBX, RCX, 1, bytes);
                a.emit(VMOVUPS_STORE, place, register(row * columns + column));
            }
            a.emit(ADD, RBX, R8);
        }
    }

    /// A tap of a sum.
    private record Product(int sum, int tap) {}

    /// Goes over the inputs as they lie in memory, so that each sum meets its taps in their order.
    private void products(int rows, int columns, int bytes) {
        Map<Integer, List<Product>> inputs = new TreeMap<>();
        for (int sum = 0; sum < rows * columns; sum++) {
            int window = sum / columns * taps.rowStep() + sum % columns * taps.pixelStep();
            for (int tap = 0; tap < taps.height() * taps.width(); tap++) {
                int place = window + tap / taps.width() * taps.rowTap() + tap % taps.width() * taps.columnTap();
                inputs.putIfAbsent(place, new ArrayList<>());
                inputs.get(place).add(new Product(sum, tap));
            }
        }
        int spare = registers - residents - rows * columns;
        int loads = 0;
        for (var input : inputs.entrySet()) {
            Vector value = register(rows * columns + loads++ % spare);
            a.emit(VMOVUPS, value, Mem.at(R14, Math.multiplyExact(4, input.getKey()) + bytes));
            for (Product product : input.getValue()) {
                Operand weight = product.tap < residents ? resident(product.tap) : weight(product.tap, bytes);
                a.emit(VFMADD231PS, register(product.sum), value, weight);
            }
        }
    }

    /// Loops over the taps: a weight, then an input for each sum.
    private void loops(int columns, int bytes) {
        Vector weight = register(columns);
        a.push(R11);
        a.push(R12);
        a.push(R13);
        a.emit(MOV, R11, R14);
        a.emit(MOV, R12, RSI);
        a.mov(R13, taps.height());
        Label nextRow = a.here();
        a.mov(RBX, taps.width());
        Label next = a.here();
        a.emit(VMOVUPS, weight, Mem.at(R12, bytes));
        for (int i = 0; i < columns; i++) {
            a.emit(VFMADD231PS, register(i), weight, Mem.at(R11, Math.multiplyExact(4 * i, taps.pixelStep()) + bytes));
        }
        a.emit(ADD, R11, Math.multiplyExact(4, taps.columnTap()));
        a.emit(ADD, R12, Math.multiplyExact(4, taps.channels()));
        a.dec(RBX);
        a.jcc(Condition.NOT_EQUAL, next);
        a.emit(ADD, R11, Math.multiplyExact(4, taps.rowTap() - taps.width() * taps.columnTap()));
        a.dec(R13);
        a.jcc(Condition.NOT_EQUAL, nextRow);
        a.pop(R13);
        a.pop(R12);
        a.pop(R11);
    }
}
