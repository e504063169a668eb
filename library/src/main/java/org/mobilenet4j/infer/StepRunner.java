package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Memory;

/// Runs the steps of a plan one by one on the calling thread, to measure them, with the kernels that the plan had
/// when this was opened. A step is a layer or several fused layers.
///
/// Not thread-safe; need not be closed.
public final class StepRunner {
    private final Plan plan;
    private final Program program;
    private final Memory memory;

    private StepRunner(Plan plan) {
        this.plan = plan;
        this.program = plan.program();
        this.memory = program.newMemory();
    }

    /// For the current state of `plan`; see [Plan#awaitWarm].
    public static StepRunner open(Plan plan) {
        return new StepRunner(plan);
    }

    /// The plan whose steps these are.
    public Plan plan() {
        return plan;
    }

    /// The number of steps. Run them in order, from 0 up: each works on what those before it left in memory.
    public int count() {
        return program.steps().size();
    }

    /// Loads one image, dense NHWC, without allocating.
    ///
    /// @throws IllegalArgumentException if `image` does not hold exactly one image
    public void load(float[] image) {
        plan.checkImage(image);
        program.load(image, 0, memory);
    }

    /// Runs step number `step`, without allocating.
    public void run(int step) {
        program.steps().get(step).run(memory);
    }

    /// The names of the layers that step number `step` computes.
    public List<String> layers(int step) {
        return program.steps().get(step).layers();
    }

    /// Mult-adds of step number `step`.
    public long multAdds(int step) {
        return program.steps().get(step).work().multAdds();
    }

    /// Bytes of weights and feature maps that step number `step` reads and writes, each counted once.
    public long bytes(int step) {
        return program.steps().get(step).work().bytes(plan.valueBytes(program.variant()));
    }

    /// Such as `StepRunner[29 steps of Plan[...]]`.
    @Override
    public String toString() {
        return "StepRunner[" + count() + " steps of " + plan + "]";
    }
}
