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
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMULPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import java.util.List;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Floats one by one: sums and products of maps, scales and shifts, copies, each with an activation. Its routine
/// takes `(in, scales, shifts, out, from, to)`: the addresses of the memory that all inputs lie in, of a scale and
/// a shift for each channel where the function has such, of the output's memory, and the part to compute as two
/// [Corner]s; a block is [#channels] channels.
///
/// Scales and shifts are filled up to whole blocks. The output may be one of the inputs.
public final class ElementwiseRecipe implements Part.Body {
    /// Vectors a block.
    private static final int VECTORS = 4;

    private static final List<Gpr> POINTERS = List.of(R10, R11, R13, R14, R15, RBX);

    private final X64Assembler a;
    private final ElementwiseShape shape;
    private final Routine routine;
    private final Isa isa;
    private final Width width;
    private final Vector spare;

    private ElementwiseRecipe(X64Assembler assembler, ElementwiseShape shape, Routine routine, Isa isa) {
        this.a = assembler;
        this.shape = shape;
        this.routine = routine;
        this.isa = isa;
        this.width = isa.width();
        this.spare = Vector.of(VECTORS, width);
    }

    /// Channels a block.
    public static int channels(Isa isa) {
        return VECTORS * isa.width().floats();
    }

    /// Writes the routine of that name.
    ///
    /// @throws IllegalArgumentException if there are more than [ElementwiseShape#MOST_INPUTS] inputs
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, ElementwiseShape shape, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, Part.LOCALS);
        Plane first = shape.inputs().getFirst();
        Plane out = shape.out();
        Part.toFirstRow(a, 4L * first.offset(), rowBytes(first), 4L * out.offset(), rowBytes(out));
        int bytes = 4 * channels(isa);
        new Part(bytes, bytes, bytes, bytes)
                .emit(a, routine, out.shape().channels(), channels(isa), new ElementwiseRecipe(a, shape, routine, isa));
        routine.end();
    }

    private static int rowBytes(Plane plane) {
        return Math.multiplyExact(4, plane.rowStride());
    }

    @Override
    public void emit(int channels) {
        int vectors = Math.ceilDiv(channels, width.floats());
        var whole = Lanes.all(a, isa);
        var some = new Lanes(a, isa, channels - (vectors - 1) * width.floats(), VECTORS + 1);
        some.prepare();
        pointers();
        a.emit(MOV, R9, Part.rows(routine));
        Label nextRow = a.here();
        a.mov(RAX, shape.out().shape().width());
        Label next = a.here();
        for (int i = 0; i < vectors; i++) {
            compute(i, i == vectors - 1 ? some : whole);
        }
        shape.clampCode().emit(a, 0, vectors, spare);
        for (int i = 0; i < vectors; i++) {
            (i == vectors - 1 ? some : whole).store(Mem.at(R12, i * width.bytes()), Vector.of(i, width));
        }
        move(false);
        a.emit(SUB, RAX, 1);
        a.jcc(Condition.NOT_EQUAL, next);
        move(true);
        a.emit(SUB, R9, 1);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }

    /// Points at the first row of each input, by its distance from the first input's.
    private void pointers() {
        Plane first = shape.inputs().getFirst();
        a.emit(MOV, R12, RCX);
        for (int i = 0; i < shape.inputs().size(); i++) {
            Plane in = shape.inputs().get(i);
            Gpr pointer = POINTERS.get(i);
            a.emit(MOV, pointer, RDI);
            if (in.rowStride() != first.rowStride()) {
                a.emit(MOV, RAX, Part.firstRow(routine));
                a.imul(RAX, RAX, rowBytes(in) - rowBytes(first));
                a.emit(ADD, pointer, RAX);
            }
            if (in.offset() != first.offset()) {
                a.mov(RAX, 4L * (in.offset() - first.offset()));
                a.emit(ADD, pointer, RAX);
            }
        }
    }

    /// To the next pixel, or from a row's end to the next row.
    private void move(boolean isRow) {
        for (int i = 0; i < shape.inputs().size(); i++) {
            a.emit(ADD, POINTERS.get(i), bytes(shape.inputs().get(i), isRow));
        }
        a.emit(ADD, R12, bytes(shape.out(), isRow));
    }

    private static int bytes(Plane plane, boolean isRow) {
        int pixel = Math.multiplyExact(4, plane.pixelStride());
        return isRow ? rowBytes(plane) - plane.shape().width() * pixel : pixel;
    }

    private void compute(int vector, Lanes lanes) {
        Vector value = Vector.of(vector, width);
        int at = vector * width.bytes();
        lanes.load(value, Mem.at(POINTERS.getFirst(), at));
        switch (shape.function()) {
            case COPY -> {}
            case SCALE_SHIFT -> {
                a.emit(VMULPS, value, value, Mem.at(RSI, at));
                a.emit(VADDPS, value, value, Mem.at(RDX, at));
            }
            case SUM -> {
                // A sum begins with 0, which makes 0 of -0.
                a.emit(VXORPS, spare, spare, spare);
                a.emit(VADDPS, value, value, spare);
                others(value, at, lanes);
            }
            case PRODUCT -> others(value, at, lanes);
        }
    }

    private void others(Vector value, int at, Lanes lanes) {
        for (int i = 1; i < shape.inputs().size(); i++) {
            lanes.load(spare, Mem.at(POINTERS.get(i), at));
            a.emit(shape.function() == ElementwiseShape.Function.SUM ? VADDPS : VMULPS, value, value, spare);
        }
    }
}
