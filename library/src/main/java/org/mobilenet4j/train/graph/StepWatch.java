package org.mobilenet4j.train.graph;

import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.parallel.Stages;

/// Who wants to see the steps of a training from inside puts something of their own around its kernels and stages.
/// By default nobody does, and nothing is put around them.
public interface StepWatch {
    /// Nobody.
    StepWatch NONE = new StepWatch() {};

    /// The kernels that the training shall use.
    default Kernels kernels(Kernels kernels) {
        return kernels;
    }

    /// The stages that each step shall run.
    ///
    /// @param threads how many run them together
    default Stages stages(StageList stages, int threads) {
        return stages;
    }
}
