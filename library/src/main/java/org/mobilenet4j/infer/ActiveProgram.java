package org.mobilenet4j.infer;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// The program that a plan runs at the moment; it may be replaced by a faster one with the same results.
final class ActiveProgram {
    private final PlanCompiler compiler;
    private final KernelVariant first;
    private final KernelVariant later;

    /// Null until it is needed: who waits for vectors never packs weights for plain loops.
    private volatile @Nullable Program program;

    /// @param first which kernels it starts with
    /// @param later which are to take over
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

    /// Makes the later kernels, has the JIT compile them, and runs them from then on if they are fast.
    void speedUp() {
        var faster = compiler.compile(later);
        if (faster.warmUp(compiler.newMemory())) {
            replace(faster);
        }
    }

    private synchronized void replace(Program faster) {
        program = faster;
    }

    /// Which kernels run by now.
    KernelVariant variant() {
        var now = program;
        return now == null ? first : now.variant();
    }
}
