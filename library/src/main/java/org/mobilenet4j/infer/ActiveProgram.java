package org.mobilenet4j.infer;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// The program that a plan currently runs; it may be replaced by a faster one with the same results.
final class ActiveProgram {
    private final PlanCompiler compiler;
    private final KernelVariant first;
    private final KernelVariant later;

    /// Null until needed: a caller that waits for vector kernels never packs weights for plain loops.
    private volatile @Nullable Program program;

    /// @param first the kernels to start with
    /// @param later the kernels to switch to
    ActiveProgram(PlanCompiler compiler, KernelVariant first, KernelVariant later) {
        this.compiler = compiler;
        this.first = first;
        this.later = later;
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

    /// Compiles the later program, lets the JIT warm it up, and switches to it if it is fast.
    void speedUp() {
        var faster = compiler.compile(later);
        if (faster.warmUp(compiler.newMemory())) {
            replace(faster);
        }
    }

    private synchronized void replace(Program faster) {
        program = faster;
    }

    /// The kernels in use now.
    KernelVariant variant() {
        var now = program;
        return now == null ? first : now.variant();
    }
}
