package org.mobilenet4j.infer;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.machine.CodeMemoryException;

/// The program that a plan currently runs; it may be replaced by a faster one with the same results.
final class ActiveProgram {
    private final PlanCompiler compiler;
    private final SessionOptions.Kernels kernels;

    /// Null until needed: a caller that waits for faster kernels never packs weights for plain loops.
    private volatile @Nullable Program program;

    /// @param kernels the kernels to use, at first or for good
    ActiveProgram(PlanCompiler compiler, SessionOptions.Kernels kernels) {
        this.compiler = compiler;
        this.kernels = kernels;
    }

    /// Which kernels to start with.
    private KernelVariant first() {
        return forNumbers(
                switch (kernels) {
                    case SCALAR -> KernelVariant.SCALAR;
                    case VECTOR -> KernelVariant.VECTOR;
                    case MACHINE -> KernelVariant.machineOrNext();
                    case AUTOMATIC -> KernelVariant.soonest();
                });
    }

    private KernelVariant forNumbers(KernelVariant variant) {
        return compiler.usesIntegers() ? variant.forIntegers() : variant;
    }

    /// Which kernels it ends up with; waits until that is known.
    KernelVariant last() {
        return kernels == SessionOptions.Kernels.AUTOMATIC ? forNumbers(KernelVariant.preferred()) : first();
    }

    /// The program for the next image.
    Program get() {
        var now = program;
        return now != null ? now : compile();
    }

    private synchronized Program compile() {
        var now = program;
        if (now == null) {
            now = compile(first());
            program = now;
        }
        return now;
    }

    /// Falls back to other kernels if the system has no memory left for code.
    private Program compile(KernelVariant variant) {
        try {
            return compiler.compile(variant);
        } catch (CodeMemoryException e) {
            System.getLogger(ActiveProgram.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
            return compiler.compile(KernelVariant.preferredForArrays());
        }
    }

    /// Compiles the later program, lets the JIT warm it up, and switches to it if it is fast.
    void speedUp() {
        var wanted = last();
        if (wanted == variant()) {
            get();
            return;
        }
        var faster = compile(wanted);
        if (faster.warmUp(faster.newMemory())) {
            replace(faster);
        }
    }

    private synchronized void replace(Program faster) {
        program = faster;
    }

    /// The kernels in use now.
    KernelVariant variant() {
        var now = program;
        return now == null ? first() : now.variant();
    }
}
