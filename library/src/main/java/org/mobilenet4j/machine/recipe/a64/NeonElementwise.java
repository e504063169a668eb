package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.X2;
import static org.mobilenet4j.machine.a64.Register.X23;
import static org.mobilenet4j.machine.a64.Register.X24;
import static org.mobilenet4j.machine.a64.Register.X27;
import static org.mobilenet4j.machine.a64.Register.X3;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;
import static org.mobilenet4j.machine.a64.instruction.Binary.FADD;
import static org.mobilenet4j.machine.a64.instruction.Binary.FMUL;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;

import java.util.List;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.a64.Register;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.recipe.ElementwiseRecipe;
import org.mobilenet4j.machine.recipe.ElementwiseShape;

/// Floats one by one, as [ElementwiseRecipe] is: the same arguments and the same bits.
public final class NeonElementwise implements Blocks.Body {
    private static final List<Register> POINTERS =
            List.of(Register.X6, Register.X7, Register.X8, Register.X9, Register.X10, Register.X11);

    private static final Register OUT = X27;
    private static final Vector SPARE = s4(4);

    private final A64Assembler a;
    private final ElementwiseShape shape;

    private NeonElementwise(A64Assembler assembler, ElementwiseShape shape) {
        this.a = assembler;
        this.shape = shape;
    }

    /// Writes the routine of that name.
    public static void emit(A64Assembler a, String name, ElementwiseShape shape) {
        Plane first = shape.inputs().getFirst();
        Plane out = shape.out();
        Frame.begin(a, name);
        Blocks.toFirstRow(a, 4L * first.offset(), rowBytes(first), 4L * out.offset(), rowBytes(out));
        int channels = ElementwiseRecipe.channels(Isa.NEON);
        int bytes = 4 * channels;
        new Blocks(bytes, bytes, bytes, bytes).emit(a, out.shape().channels(), channels, new NeonElementwise(a, shape));
        Frame.end(a);
    }

    private static int rowBytes(Plane plane) {
        return Math.multiplyExact(4, plane.rowStride());
    }

    @Override
    public void emit(int channels) {
        int vectors = Lanes.vectors(channels);
        pointers();
        a.mov(X23, Blocks.ROWS);
        Label nextRow = a.here();
        a.mov(X24, shape.out().shape().width());
        Label next = a.here();
        for (int vector = 0; vector < vectors; vector++) {
            compute(vector, Lanes.of(a, channels, vector));
        }
        ClampCode.emit(a, shape.clamp(), 0, vectors, SPARE);
        for (int vector = 0; vector < vectors; vector++) {
            Lanes.of(a, channels, vector).store(s4(vector), OUT, vector * Lanes.BYTES);
        }
        move(false);
        a.emit(SUBS, X24, X24, 1);
        a.b(Condition.NE, next);
        move(true);
        a.emit(SUBS, X23, X23, 1);
        a.b(Condition.NE, nextRow);
    }

    /// Points at the first row of each input, by its distance from the first input's.
    private void pointers() {
        Plane first = shape.inputs().getFirst();
        a.mov(OUT, X3);
        for (int i = 0; i < shape.inputs().size(); i++) {
            Plane in = shape.inputs().get(i);
            a.mov(POINTERS.get(i), X0);
            Blocks.advance(a, POINTERS.get(i), Blocks.FIRST_ROW, rowBytes(in) - rowBytes(first));
            a.add(POINTERS.get(i), POINTERS.get(i), 4L * (in.offset() - first.offset()), X30);
        }
    }

    /// To the next pixel, or from a row's end to the next row.
    private void move(boolean isRow) {
        for (int i = 0; i < shape.inputs().size(); i++) {
            a.add(POINTERS.get(i), POINTERS.get(i), bytes(shape.inputs().get(i), isRow), X30);
        }
        a.add(OUT, OUT, bytes(shape.out(), isRow), X30);
    }

    private static int bytes(Plane plane, boolean isRow) {
        int pixel = Math.multiplyExact(4, plane.pixelStride());
        return isRow ? rowBytes(plane) - plane.shape().width() * pixel : pixel;
    }

    private void compute(int vector, Lanes lanes) {
        Vector value = s4(vector);
        int at = vector * Lanes.BYTES;
        lanes.load(value, POINTERS.getFirst(), at);
        switch (shape.function()) {
            case COPY -> {}
            case SCALE_SHIFT -> {
                a.emit(LDR_Q, SPARE, Address.at(X1, at));
                a.emit(FMUL, value, value, SPARE);
                a.emit(LDR_Q, SPARE, Address.at(X2, at));
                a.emit(FADD, value, value, SPARE);
            }
            case SUM -> {
                // A sum begins with 0, which makes 0 of -0.
                a.movi(SPARE, 0);
                a.emit(FADD, value, value, SPARE);
                others(value, at, lanes);
            }
            case PRODUCT -> others(value, at, lanes);
        }
    }

    private void others(Vector value, int at, Lanes lanes) {
        for (int i = 1; i < shape.inputs().size(); i++) {
            lanes.load(SPARE, POINTERS.get(i), at);
            a.emit(shape.function() == ElementwiseShape.Function.SUM ? FADD : FMUL, value, value, SPARE);
        }
    }
}
