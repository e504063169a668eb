package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Kernels;

/// Makes a plan's steps, with the kernels of one or another variant.
interface StepCompiler {
    /// All steps, in order; as many for each variant.
    List<Step> steps(Kernels kernels);
}
