package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;

import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Quantizes real numbers, or makes real numbers of bytes. A routine takes `(floats, 0, 0, bytes, rows, 0)`: where the
/// real numbers of some rows are, dense, where the map's first of these rows begins, and how many there are, at least
/// one.
///
/// Up to [#SLACK] floats behind the last are read or written, too.
public final class ImageRecipe {
    /// Of floats, behind those that are asked for.
    public static final int SLACK = 16;

    private static final Gpr FLOATS = RDI, BYTES = RCX, ROWS = R8, RUNS = R9, VECTORS = R10;

    private final X64Assembler a;
    private final Plane plane;
    private final Isa isa;
    private final NumberCode code;

    private ImageRecipe(X64Assembler assembler, Plane plane, Isa isa, NumberCode code) {
        this.a = assembler;
        this.plane = plane;
        this.isa = isa;
        this.code = code;
    }

    /// Writes the routine of that name, which quantizes as [org.mobilenet4j.kernel.QuantizeKernel] does.
    ///
    /// @param zero the byte that stands for zero
    public static void quantize(
            X64Assembler a, CallingConvention convention, String name, Plane plane, float scale, int zero, Isa isa) {
        emit(a, convention, name, plane, isa, new QuantizeCode(a, isa, scale, zero));
    }

    /// Writes the routine of that name, for `(byte - zero) * scale`.
    public static void dequantize(
            X64Assembler a, CallingConvention convention, String name, Plane plane, float scale, int zero, Isa isa) {
        emit(a, convention, name, plane, isa, new DequantizeCode(a, isa, scale, zero));
    }

    private static void emit(
            X64Assembler a, CallingConvention convention, String name, Plane plane, Isa isa, NumberCode code) {
        Routine routine = Routine.begin(a, convention, name, 0);
        new ImageRecipe(a, plane, isa, code).rows();
        routine.end();
    }

    private void rows() {
        boolean isWhole = plane.pixelStride() == plane.shape().channels();
        int row = plane.shape().width() * plane.shape().channels();
        int run = isWhole ? row : plane.shape().channels();
        code.prepare(run % isa.width().floats());
        Label nextRow = a.here();
        if (isWhole) {
            run(run);
            a.emit(ADD, BYTES, plane.rowStride() - run);
        } else {
            a.mov(RUNS, plane.shape().width());
            Label next = a.here();
            run(run);
            a.emit(ADD, BYTES, plane.pixelStride() - run);
            a.dec(RUNS);
            a.jcc(Condition.NOT_EQUAL, next);
            a.emit(ADD, BYTES, plane.rowStride() - plane.shape().width() * plane.pixelStride());
        }
        a.dec(ROWS);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }

    private void run(int count) {
        int lanes = isa.width().floats();
        if (count >= lanes) {
            a.mov(VECTORS, count / lanes);
            Label next = a.here();
            convert(lanes);
            a.dec(VECTORS);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        if (count % lanes != 0) {
            convert(count % lanes);
        }
    }

    private void convert(int count) {
        code.emit(Mem.at(FLOATS), Mem.at(BYTES), new WidenedLanes(a, isa, count, RDX));
        a.emit(ADD, FLOATS, Float.BYTES * count);
        a.emit(ADD, BYTES, count);
    }
}
