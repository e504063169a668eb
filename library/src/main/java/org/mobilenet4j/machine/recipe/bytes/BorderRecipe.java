package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPBROADCASTB;

import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Fills the border around a map of bytes. Its routine takes the address of the memory.
public final class BorderRecipe {
    /// The most vectors that are written one by one, without a loop.
    private static final int MOST_UNROLLED = 8;

    private static final long EACH_BYTE = 0x0101010101010101L;

    /// A border.
    ///
    /// @param plane  the map in the middle
    /// @param top    rows above it
    /// @param bottom rows below it
    /// @param left   pixels left of each row
    /// @param right  pixels right of each row
    /// @param filler the byte that it is filled with, from 0 to 255
    public record Border(Plane plane, int top, int bottom, int left, int right, int filler) {}

    private final X64Assembler a;
    private final Border border;
    private final Width width;

    private BorderRecipe(X64Assembler assembler, Border border, Isa isa) {
        this.a = assembler;
        this.border = border;
        this.width = isa.width();
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, Border border, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, 0);
        new BorderRecipe(a, border, isa).emit();
        routine.end();
    }

    private void emit() {
        Plane plane = border.plane;
        int pixel = plane.pixelStride();
        int inner = plane.shape().width() * pixel;
        int left = border.left * pixel;
        int right = border.right * pixel;
        a.emit(VPBROADCASTB, Vector.of(0, width), a.constant((byte) border.filler));
        a.mov(RDX, border.filler * EACH_BYTE);
        a.mov(RAX, plane.at(-border.top, -border.left));
        a.emit(ADD, RDI, RAX);
        rows(border.top, left + inner + right, 0, 0);
        rows(plane.shape().height(), left, left + inner, right);
        rows(border.bottom, left + inner + right, 0, 0);
    }

    /// Fills so many bytes at the beginning of so many rows, and others further on.
    private void rows(int count, int first, int at, int second) {
        if (count == 0) {
            return;
        }
        int rowStride = border.plane.rowStride();
        if (first + second == 0) {
            a.mov(RAX, (long) count * rowStride);
            a.emit(ADD, RDI, RAX);
            return;
        }
        a.mov(R10, count);
        Label next = a.here();
        fill(Mem.at(RDI), first);
        fill(Mem.at(RDI, at), second);
        a.emit(ADD, RDI, rowStride);
        a.dec(R10);
        a.jcc(Condition.NOT_EQUAL, next);
    }

    private void fill(Mem from, int bytes) {
        int each = width.bytes();
        int whole = bytes / each;
        if (bytes < each) {
            if (bytes > 0) {
                ends(from, bytes);
            }
            return;
        }
        if (whole <= MOST_UNROLLED) {
            for (int i = 0; i < whole; i++) {
                store(from.plus(i * each), each);
            }
        } else {
            a.lea(R11, from);
            a.mov(RAX, whole);
            Label next = a.here();
            store(Mem.at(R11), each);
            a.emit(ADD, R11, each);
            a.dec(RAX);
            a.jcc(Condition.NOT_EQUAL, next);
        }
        if (bytes % each != 0) {
            store(from.plus(bytes - each), each);
        }
    }

    /// Fewer bytes than a vector's: two pieces, which may overlap.
    private void ends(Mem from, int bytes) {
        int piece = Integer.highestOneBit(bytes);
        store(from, piece);
        if (piece < bytes) {
            store(from.plus(bytes - piece), piece);
        }
    }

    private void store(Mem at, int bytes) {
        if (bytes <= Long.BYTES) {
            a.store(at, RDX, bytes);
        } else {
            Width piece = bytes == 64 ? Width.ZMM : bytes == 32 ? Width.YMM : Width.XMM;
            a.emit(VMOVUPS_STORE, at, Vector.of(0, piece));
        }
    }
}
