package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Arithmetic;

/// Makes a plan's steps, with the one or the other twin of each kernel.
interface StepCompiler {
    /// All steps, in order; as many for each twin.
    List<Step> steps(Arithmetic arithmetic);
}
