package org.mobilenet4j.kernel.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.NativeMemory;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Where kernels get code and memory, which are freed with the last that uses them.
final class Workshop {
    private static final int LINE = 64;

    private final Target target;

    /// Writes a routine.
    @FunctionalInterface
    interface Recipe {
        void emit(X64Assembler assembler, CallingConvention convention, Isa isa);
    }

    Workshop(Target target) {
        this.target = target;
    }

    Isa isa() {
        return target.isa();
    }

    /// The routine of that name, which `recipe` writes.
    NativeRoutine routine(String name, Recipe recipe) {
        var assembler = new X64Assembler();
        recipe.emit(assembler, target.convention(), target.isa());
        return target.load(assembler.finish(), Arena.ofAuto()).routine(name);
    }

    /// So many floats, zero, on a cache line.
    MemorySegment floats(long count) {
        return target.allocate(Math.multiplyExact(Float.BYTES, count), Arena.ofAuto());
    }

    /// Memory for feature maps, in which float [Kernel#LEAD] lies on a cache line, as in large arrays.
    Memory memory(int floats) {
        int before = LINE - Float.BYTES * Kernel.LEAD;
        var whole = target.allocate(before + (long) Float.BYTES * floats, Arena.ofAuto());
        return new NativeMemory(whole.asSlice(before));
    }

    /// Copies `count` floats from `source` to place `at` of `target`.
    static void copy(float[] source, int from, MemorySegment target, long at, int count) {
        MemorySegment.copy(source, from, target, ValueLayout.JAVA_FLOAT, Float.BYTES * at, count);
    }
}
