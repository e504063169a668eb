package org.mobilenet4j.infer;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Arithmetic;

/// The program that a plan runs at the moment; it may be replaced by a faster one with the same results.
final class ActiveProgram {
    private final PlanCompiler compiler;
    private final Arithmetic first;

    /// Null until it is needed: who waits for vectors never packs weights for plain loops.
    private volatile @Nullable Program program;

    /// @param first which kernels it starts with
    ActiveProgram(PlanCompiler compiler, Arithmetic first) {
        this.compiler = compiler;
        this.first = first;
    }

    /// The program for the next image.
    Program get() {
        var now = program;
        return now != null ? now : compile();
    }

    private synchronized Program compile() {
        var now = program;
        if (now == null) {
            now = compiler.compile(first);
            program = now;
        }
        return now;
    }

    /// Compiles vector kernels, has the JIT do so too, and runs them from then on if they are fast.
    void vectorize() {
        var faster = compiler.compile(Arithmetic.VECTOR);
        if (faster.warmUp(compiler.newMemory())) {
            replace(faster);
        }
    }

    private synchronized void replace(Program faster) {
        program = faster;
    }

    /// Which kernels run by now.
    Arithmetic arithmetic() {
        var now = program;
        return now == null ? first : now.arithmetic();
    }
}
