package org.mobilenet4j.infer;

import org.mobilenet4j.kernel.variant.KernelVariant;

/// Compiles a plan's programs: all have as many steps and the same places in memory, and give the same results.
interface ProgramCompiler {
    /// A program with one variant of each kernel.
    Program compile(KernelVariant variant);
}
