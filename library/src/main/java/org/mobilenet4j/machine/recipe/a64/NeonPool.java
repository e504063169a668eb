package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X10;
import static org.mobilenet4j.machine.a64.Register.X11;
import static org.mobilenet4j.machine.a64.Register.X12;
import static org.mobilenet4j.machine.a64.Register.X13;
import static org.mobilenet4j.machine.a64.Register.X14;
import static org.mobilenet4j.machine.a64.Register.X15;
import static org.mobilenet4j.machine.a64.Register.X16;
import static org.mobilenet4j.machine.a64.Register.X17;
import static org.mobilenet4j.machine.a64.Register.X23;
import static org.mobilenet4j.machine.a64.Register.X24;
import static org.mobilenet4j.machine.a64.Register.X27;
import static org.mobilenet4j.machine.a64.Register.X28;
import static org.mobilenet4j.machine.a64.Register.X3;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X6;
import static org.mobilenet4j.machine.a64.Register.X7;
import static org.mobilenet4j.machine.a64.Register.X8;
import static org.mobilenet4j.machine.a64.Register.ZR;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;
import static org.mobilenet4j.machine.a64.instruction.Binary.FADD;
import static org.mobilenet4j.machine.a64.instruction.Binary.FDIV;
import static org.mobilenet4j.machine.a64.instruction.Binary.FMAX;
import static org.mobilenet4j.machine.a64.instruction.Select.CSEL;
import static org.mobilenet4j.machine.a64.instruction.Unary.SCVTF;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.a64.Register;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.recipe.PoolRecipe;

/// Pooling of floats, of which only what lies on the map counts, as [PoolRecipe] is: the same arguments and the same
/// bits. The processor's maximum is that of Java.
public final class NeonPool implements Blocks.Body {
    private static final Register MAP_ROW = X6, MAP_COLUMN = X7, FIRST = X8;
    private static final Register TAP_ROWS = X10, TAP_COLUMNS = X12, OUT = X27;
    private static final Vector INPUT = s4(4);

    private final A64Assembler a;
    private final ConvShape shape;
    private final boolean isMax;

    private NeonPool(A64Assembler assembler, ConvShape shape, Pool.Kind kind) {
        this.a = assembler;
        this.shape = shape;
        this.isMax = kind == Pool.Kind.MAX;
    }

    /// Writes the routine of that name.
    public static void emit(A64Assembler a, String name, ConvShape shape, Pool.Kind kind) {
        Frame.begin(a, name);
        Blocks.toFirstRow(
                a,
                4L * shape.in().offset(),
                0,
                4L * shape.out().offset(),
                Math.multiplyExact(4, shape.out().rowStride()));
        int channels = PoolRecipe.channels(Isa.NEON);
        new Blocks(4 * channels, 0, 0, 4 * channels)
                .emit(a, shape.out().shape().channels(), channels, new NeonPool(a, shape, kind));
        Frame.end(a);
    }

    @Override
    public void emit(int channels) {
        int strideRows = shape.window().strideRows();
        int strideColumns = shape.window().strideColumns();
        int width = shape.out().shape().width();
        int outPixel = Math.multiplyExact(4, shape.out().pixelStride());
        a.mov(X23, Blocks.ROWS);
        a.mov(X30, strideRows);
        a.madd(MAP_ROW, Blocks.FIRST_ROW, X30, ZR);
        a.add(MAP_ROW, MAP_ROW, -shape.window().top(shape.in().shape()), X30);
        a.mov(OUT, X3);
        Label nextRow = a.here();
        clip(MAP_ROW, shape.window().height(), shape.in().shape().height(), TAP_ROWS);
        a.mov(X11, X0);
        Blocks.advance(a, X11, FIRST, Math.multiplyExact(4, shape.in().rowStride()));
        a.mov(MAP_COLUMN, -shape.window().left(shape.in().shape()));
        a.mov(X24, width);
        Label nextColumn = a.here();
        clip(MAP_COLUMN, shape.window().width(), shape.in().shape().width(), TAP_COLUMNS);
        a.mov(X13, X11);
        Blocks.advance(a, X13, FIRST, Math.multiplyExact(4, shape.in().pixelStride()));
        window(channels);
        end(channels);
        a.add(OUT, OUT, outPixel, X30);
        a.add(MAP_COLUMN, MAP_COLUMN, strideColumns, X30);
        a.emit(SUBS, X24, X24, 1);
        a.b(Condition.NE, nextColumn);
        a.add(OUT, OUT, 4L * shape.out().rowStride() - (long) width * outPixel, X30);
        a.add(MAP_ROW, MAP_ROW, strideRows, X30);
        a.emit(SUBS, X23, X23, 1);
        a.b(Condition.NE, nextRow);
    }

    /// The part of a window that lies on the map, in one direction: [#FIRST] is its first row or column, `count` how
    /// many there are.
    private void clip(Register start, int length, int size, Register count) {
        a.cmp(start, 0);
        a.emit(CSEL, FIRST, start, ZR, Condition.GE);
        a.add(count, start, length, X30);
        a.mov(X28, size);
        a.cmp(count, X28);
        a.emit(CSEL, count, count, X28, Condition.LE);
        a.emit(SUB, count, count, FIRST);
    }

    /// Goes over the rows and columns of a window from X13 on.
    private void window(int channels) {
        for (int vector = 0; vector < Lanes.vectors(channels); vector++) {
            ClampCode.broadcast(a, s4(vector), isMax ? Float.floatToRawIntBits(Float.NEGATIVE_INFINITY) : 0);
        }
        Label end = a.label();
        a.cmp(TAP_ROWS, 0);
        a.b(Condition.LE, end);
        a.cmp(TAP_COLUMNS, 0);
        a.b(Condition.LE, end);
        a.mov(X14, TAP_ROWS);
        Label nextRow = a.here();
        a.mov(X15, X13);
        a.mov(X16, TAP_COLUMNS);
        Label next = a.here();
        for (int vector = 0; vector < Lanes.vectors(channels); vector++) {
            Lanes.of(a, channels, vector).load(INPUT, X15, vector * Lanes.BYTES);
            a.emit(isMax ? FMAX : FADD, s4(vector), s4(vector), INPUT);
        }
        a.add(X15, X15, 4L * shape.in().pixelStride(), X30);
        a.emit(SUBS, X16, X16, 1);
        a.b(Condition.NE, next);
        a.add(X13, X13, 4L * shape.in().rowStride(), X30);
        a.emit(SUBS, X14, X14, 1);
        a.b(Condition.NE, nextRow);
        a.bind(end);
    }

    private void end(int channels) {
        int vectors = Lanes.vectors(channels);
        if (!isMax) {
            a.madd(X17, TAP_ROWS, TAP_COLUMNS, ZR);
            a.dup(INPUT, X17);
            a.emit(SCVTF, INPUT, INPUT);
            for (int vector = 0; vector < vectors; vector++) {
                a.emit(FDIV, s4(vector), s4(vector), INPUT);
            }
        }
        ClampCode.emit(a, shape.clamp(), 0, vectors, INPUT);
        for (int vector = 0; vector < vectors; vector++) {
            Lanes.of(a, channels, vector).store(s4(vector), OUT, vector * Lanes.BYTES);
        }
    }
}
