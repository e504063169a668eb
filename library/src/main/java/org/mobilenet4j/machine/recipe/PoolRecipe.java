package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
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
import static org.mobilenet4j.machine.x64.instruction.Move.IMUL;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Pooling, of which only what lies on the map counts. Its routine takes `(in, 0, 0, out, from, to)`: the
/// addresses of the memories that the planes lie in, and the part to compute as two [Corner]s; a block is
/// [#channels] channels, of floats.
///
/// A mean's sum begins with 0 and goes on in the order of the window's rows and columns. Outside the part's outputs
/// nothing is written, and nothing outside the map is read.
public final class PoolRecipe implements Part.Body {
    private static final int ROWS_LEFT = Part.LOCALS;
    private static final int COLUMNS_LEFT = Part.LOCALS + 8;
    private static final int ROW = Part.LOCALS + 16;
    private static final int LOCALS = Part.LOCALS + 24;

    private final X64Assembler a;
    private final ConvShape shape;
    private final int place;
    private final Routine routine;
    private final PoolValues.Factory factory;

    private PoolRecipe(
            X64Assembler assembler, ConvShape shape, int place, Routine routine, PoolValues.Factory factory) {
        this.a = assembler;
        this.shape = shape;
        this.place = place;
        this.routine = routine;
        this.factory = factory;
    }

    /// Channels a block, of floats.
    public static int channels(Isa isa) {
        return PoolSums.VECTORS * isa.width().floats();
    }

    /// Writes the routine of that name, for floats.
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, ConvShape shape, Pool.Kind kind, Isa isa) {
        emit(a, convention, name, shape, Float.BYTES, channels(isa), new FloatSums(a, kind, shape, isa));
    }

    /// Writes the routine of that name.
    ///
    /// @param place    bytes of a place
    /// @param channels a block
    /// @param values   what is done with the values
    public static void emit(
            X64Assembler a,
            CallingConvention convention,
            String name,
            ConvShape shape,
            int place,
            int channels,
            PoolValues.Factory values) {
        Routine routine = Routine.begin(a, convention, name, LOCALS);
        int outRow = Math.multiplyExact(place, shape.out().rowStride());
        long in = (long) place * shape.in().offset();
        Part.toFirstRow(a, in, 0, (long) place * shape.out().offset(), outRow);
        int bytes = place * channels;
        new Part(bytes, 0, 0, bytes)
                .emit(
                        a,
                        routine,
                        shape.out().shape().channels(),
                        channels,
                        new PoolRecipe(a, shape, place, routine, values));
        routine.end();
    }

    private record FloatSums(X64Assembler a, Pool.Kind kind, ConvShape shape, Isa isa) implements PoolValues.Factory {
        @Override
        public PoolValues of(int channels) {
            return new PoolSums(a, kind, shape, isa, channels);
        }
    }

    /// RSI and RDX, which stand for nothing here, are overwritten as well.
    @Override
    public void emit(int channels) {
        PoolValues sums = factory.of(channels);
        sums.begin();
        int strideRows = shape.window().strideRows();
        int strideColumns = shape.window().strideColumns();
        int outPixel = Math.multiplyExact(place, shape.out().pixelStride());
        int width = shape.out().shape().width();
        copy(routine.local(ROWS_LEFT), Part.rows(routine));
        a.emit(MOV, R9, Part.firstRow(routine));
        a.imul(R9, R9, strideRows);
        a.emit(SUB, R9, shape.window().top(shape.in().shape()));
        a.emit(MOV, R12, RCX);
        Label nextRow = a.here();
        clip(R9, shape.window().height(), shape.in().shape().height(), R13);
        a.imul(R15, R15, Math.multiplyExact(place, shape.in().rowStride()));
        a.emit(ADD, R15, RDI);
        a.store(routine.local(ROW), R15, 8);
        a.mov(R10, -shape.window().left(shape.in().shape()));
        a.mov(RAX, width);
        a.store(routine.local(COLUMNS_LEFT), RAX, 8);
        Label nextColumn = a.here();
        clip(R10, shape.window().width(), shape.in().shape().width(), R14);
        a.imul(R15, R15, Math.multiplyExact(place, shape.in().pixelStride()));
        a.emit(ADD, R15, routine.local(ROW));
        window(sums);
        sums.end(Mem.at(R12), RDX);
        a.emit(ADD, R12, outPixel);
        a.emit(ADD, R10, strideColumns);
        a.emit(SUB, routine.local(COLUMNS_LEFT), 1);
        a.jcc(Condition.NOT_EQUAL, nextColumn);
        a.emit(ADD, R12, Math.subtractExact(place * shape.out().rowStride(), Math.multiplyExact(width, outPixel)));
        a.emit(ADD, R9, strideRows);
        a.emit(SUB, routine.local(ROWS_LEFT), 1);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }

    private void copy(Mem dst, Mem src) {
        a.emit(MOV, RAX, src);
        a.store(dst, RAX, 8);
    }

    /// The part of a window that lies on the map, in one direction: R15 is its first row or column, `count` how many
    /// there are.
    private void clip(Gpr start, int length, int size, Gpr count) {
        a.mov(RAX, 0);
        a.emit(MOV, R15, start);
        a.emit(CMP, R15, 0);
        a.cmov(Condition.LESS, R15, RAX);
        a.lea(count, Mem.at(start, length));
        a.mov(RAX, size);
        a.emit(CMP, count, RAX);
        a.cmov(Condition.GREATER, count, RAX);
        a.emit(SUB, count, R15);
    }

    /// Goes over R13 rows and R14 columns from R15 on, and leaves in RDX how many values there are.
    private void window(PoolValues sums) {
        sums.zero();
        a.emit(MOV, RSI, R13);
        Label end = a.label();
        a.emit(CMP, R13, 0);
        a.jcc(Condition.LESS_EQUAL, end);
        a.emit(CMP, R14, 0);
        a.jcc(Condition.LESS_EQUAL, end);
        Label nextRow = a.here();
        a.emit(MOV, R11, R15);
        a.emit(MOV, RBX, R14);
        Label next = a.here();
        sums.add(Mem.at(R11));
        a.emit(ADD, R11, place * shape.in().pixelStride());
        a.dec(RBX);
        a.jcc(Condition.NOT_EQUAL, next);
        a.emit(ADD, R15, place * shape.in().rowStride());
        a.dec(RSI);
        a.jcc(Condition.NOT_EQUAL, nextRow);
        a.bind(end);
        a.emit(MOV, RDX, R13);
        a.emit(IMUL, RDX, R14);
    }
}
