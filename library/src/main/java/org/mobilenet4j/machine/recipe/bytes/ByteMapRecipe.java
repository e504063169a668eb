package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.Part;
import org.mobilenet4j.machine.recipe.integer.UniformRescaling;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Bytes one by one: copies, tables, sums and products of maps, and softmax. Its routine takes `(in, tables, 0, out,
/// from, to)`: the
/// addresses of the memory that all inputs lie in, of the function's tables, of the output's memory, and the part to
/// compute as two [org.mobilenet4j.machine.recipe.Corner]s; a block is [#channels] channels.
///
/// The output may be one of the inputs, but for copies.
public final class ByteMapRecipe implements Part.Body {
    /// What points at a pixel of each input.
    static final List<Gpr> INPUTS = List.of(R10, R11);

    /// What points at a pixel of the output.
    static final Gpr OUT = R12;

    private static final Gpr COLUMNS = R13, PARAMETERS = R14;
    /// A cache line behind the frame's own.
    private static final int LOCAL = 64;

    /// For sums of a block of channels, or a table of bytes.

    private final X64Assembler a;
    private final Routine routine;
    private final List<Plane> inputs;
    private final Plane out;
    private final Factory factory;

    /// Code for the channels of a pixel.
    interface PixelCode {
        /// Before the first pixel; RAX may be overwritten.
        void prepare();

        /// For one pixel; RAX, RBX, R14, R15 and all vectors may be overwritten.
        void emit();
    }

    private record Factory(
            X64Assembler a,
            Isa isa,
            ByteFunction function,
            Mem local,
            @Nullable UniformRescaling rescaling) {
        PixelCode of(int channels) {
            if (rescaling == null) {
                if (function instanceof ByteFunction.Softmax softmax) {
                    return new SoftmaxCode(a, isa, channels, softmax, local);
                }
                return function instanceof ByteFunction.Copy ? new CopyCode(a, channels) : new LookupCode(a, channels);
            }
            return function instanceof ByteFunction.Product product
                    ? new ByteProductCode(a, isa, channels, product, rescaling)
                    : new ByteSumCode(a, isa, channels, local, rescaling);
        }
    }

    private ByteMapRecipe(X64Assembler assembler, Routine routine, List<Plane> inputs, Plane out, Factory factory) {
        this.a = assembler;
        this.routine = routine;
        this.inputs = inputs;
        this.out = out;
        this.factory = factory;
    }

    /// Channels a block: all of them, where there is nothing to compute.
    public static int channels(ByteFunction function, Plane out, Isa isa) {
        return function.inputs() == 1
                ? out.shape().channels()
                : UniformRescaling.VECTORS * isa.width().floats();
    }

    /// Writes the routine of that name.
    public static void emit(
            X64Assembler a,
            CallingConvention convention,
            String name,
            ByteFunction function,
            List<Plane> inputs,
            Plane out,
            Isa isa) {
        int channels = channels(function, out, isa);
        int locals = LOCAL + Integer.BYTES * UniformRescaling.VECTORS * Width.ZMM.floats();
        Routine routine = Routine.begin(a, convention, name, locals);
        UniformRescaling rescaling = null;
        if (function instanceof ByteFunction.Sum sum) {
            rescaling = new UniformRescaling(a, isa, sum.rescaling(), sum.zero(), PARAMETERS);
        } else if (function instanceof ByteFunction.Product product) {
            rescaling = new UniformRescaling(a, isa, product.rescaling(), product.zero(), PARAMETERS);
        }
        Plane first = inputs.getFirst();
        Part.toFirstRow(a, first.offset(), first.rowStride(), out.offset(), out.rowStride());
        var factory = new Factory(a, isa, function, routine.local(LOCAL), rescaling);
        new Part(channels, 0, 0, channels)
                .emit(
                        a,
                        routine,
                        out.shape().channels(),
                        channels,
                        new ByteMapRecipe(a, routine, inputs, out, factory));
        routine.end();
        if (rescaling != null) {
            rescaling.finish();
        }
    }

    @Override
    public void emit(int channels) {
        PixelCode code = factory.of(channels);
        code.prepare();
        pointers();
        a.emit(MOV, R9, Part.rows(routine));
        Label nextRow = a.here();
        a.mov(COLUMNS, out.shape().width());
        Label next = a.here();
        code.emit();
        move(false);
        a.dec(COLUMNS);
        a.jcc(Condition.NOT_EQUAL, next);
        move(true);
        a.dec(R9);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }

    /// Points at the first row of each input, by its distance from the first input's.
    private void pointers() {
        Plane first = inputs.getFirst();
        a.emit(MOV, OUT, RCX);
        for (int i = 0; i < inputs.size(); i++) {
            Plane in = inputs.get(i);
            a.emit(MOV, INPUTS.get(i), RDI);
            if (in.rowStride() != first.rowStride()) {
                a.emit(MOV, RAX, Part.firstRow(routine));
                a.imul(RAX, RAX, in.rowStride() - first.rowStride());
                a.emit(ADD, INPUTS.get(i), RAX);
            }
            if (in.offset() != first.offset()) {
                a.emit(ADD, INPUTS.get(i), in.offset() - first.offset());
            }
        }
    }

    /// To the next pixel, or from a row's end to the next row.
    private void move(boolean isRow) {
        for (int i = 0; i < inputs.size(); i++) {
            a.emit(ADD, INPUTS.get(i), distance(inputs.get(i), isRow));
        }
        a.emit(ADD, OUT, distance(out, isRow));
    }

    private static int distance(Plane plane, boolean isRow) {
        return isRow ? plane.rowStride() - plane.shape().width() * plane.pixelStride() : plane.pixelStride();
    }
}
