package org.mobilenet4j.kernel.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.kernel.ByteMemory;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.NativeMemory;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Where the kernels of a program get code and weights, which are freed together when nothing refers to any of them.
/// The code of all is one piece, as each takes pages of its own.
final class Workshop {
    private static final int LINE = 64;
    private static final int STAGING_FLOATS = 1 << 13;

    /// What channels filled up to whole panels may add to a plan's weights: so many floats, and a share of them.
    private static final int FILLING = 1 << 14;

    private static final int FILLING_SHARE = 32;

    private final Target target;
    private final Arena arena = Arena.ofAuto();
    private final List<PlannedRoutine> planned = new ArrayList<>();
    private X64Assembler assembler = new X64Assembler();
    private A64Assembler armAssembler = new A64Assembler();
    private MemorySegment piece = MemorySegment.NULL;
    private long taken;
    private int routines;

    /// Writes a routine for x86-64.
    @FunctionalInterface
    interface Recipe {
        void emit(X64Assembler assembler, CallingConvention convention, String name, Isa isa);
    }

    /// Writes a routine for AArch64, too.
    interface PortableRecipe extends Recipe {
        void emit(A64Assembler assembler, String name);
    }

    Workshop(Target target) {
        this.target = target;
    }

    Isa isa() {
        return target.isa();
    }

    /// A routine that `recipe` writes now, and that is loaded with the others.
    ///
    /// @param kind what it does, for profilers
    /// @param recipe on AArch64, a [PortableRecipe]: who has none does without a routine there
    synchronized PlannedRoutine routine(String kind, Recipe recipe) {
        String name = kind + "_" + routines++;
        if (isa().isArm()) {
            ((PortableRecipe) recipe).emit(armAssembler, name);
        } else {
            recipe.emit(assembler, target.convention(), name, isa());
        }
        var routine = new PlannedRoutine(this, name);
        planned.add(routine);
        return routine;
    }

    /// Loads all routines that have not been loaded yet.
    ///
    /// @throws org.mobilenet4j.machine.CodeMemoryException if the system refuses
    synchronized void load() {
        if (planned.isEmpty()) {
            return;
        }
        var code = target.load(isa().isArm() ? armAssembler.finish() : assembler.finish(), arena);
        planned.forEach(routine -> routine.loaded(code));
        planned.clear();
        assembler = new X64Assembler();
        armAssembler = new A64Assembler();
    }

    /// Has room for about so many weights in one piece.
    synchronized void expect(long weights) {
        piece = target.allocate(Float.BYTES * (weights + weights / FILLING_SHARE + FILLING), arena);
        taken = 0;
    }

    /// So many floats, zero, on a cache line: behind those that were asked for before, so that a routine that fetches
    /// what lies behind its own weights fetches the next layer's.
    synchronized MemorySegment floats(long count) {
        long bytes = Math.ceilDiv(Math.multiplyExact(Float.BYTES, count), LINE) * LINE;
        if (taken + bytes > piece.byteSize()) {
            piece = target.allocate(bytes, arena);
            taken = 0;
        }
        long at = taken;
        taken += bytes;
        return piece.asSlice(at, bytes);
    }

    /// Memory for feature maps, in which float [Kernel#LEAD] lies on a cache line, as in large arrays.
    Memory memory(int floats) {
        int before = LINE - Float.BYTES * Kernel.LEAD;
        var whole = target.allocate(before + (long) Float.BYTES * floats, Arena.ofAuto());
        return new NativeMemory(whole.asSlice(before));
    }

    /// Memory for feature maps of bytes, in which place [Kernel#LEAD] lies on a cache line.
    ///
    /// @param stagingFloats of the room for what is copied in and out, at least
    Memory bytes(int places, int stagingFloats) {
        int before = LINE - Kernel.LEAD;
        int staging = Math.ceilDiv(before + places, LINE) * LINE;
        var whole =
                target.allocate(staging + (long) Float.BYTES * Math.max(stagingFloats, STAGING_FLOATS), Arena.ofAuto());
        return new ByteMemory(whole.asSlice(before, places), whole.asSlice(staging));
    }

    /// A copy, on a cache line.
    MemorySegment copy(MemorySegment source) {
        return target.allocate(source.byteSize(), arena).copyFrom(source);
    }

    /// Copies `count` floats from `source` to place `at` of `target`.
    static void copy(float[] source, int from, MemorySegment target, long at, int count) {
        MemorySegment.copy(source, from, target, ValueLayout.JAVA_FLOAT, Float.BYTES * at, count);
    }
}
