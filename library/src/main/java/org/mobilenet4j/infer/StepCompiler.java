package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Kernels;

/// Compiles a plan's steps with one variant of the kernels.
interface StepCompiler {
    /// All steps, in order; the same number for each variant.
    List<Step> steps(Kernels kernels);
}
