package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.parallel.StagedTask;
import org.mobilenet4j.parallel.Stages;

/// Runs one image with the steps as stages: threads share the rows or channels of each layer.
final class LayerParallelTask implements Stages {
    private final Plan plan;
    private final ImageMemory memory;
    private final int threads;
    private final int[] chunks;
    private final StagedTask task;
    private List<Step> steps = List.of();
    /// What the image lies in that is run at the moment.
    private Memory running = Memory.of(new float[0]);

    /// For `threads` threads in one `memory` of the plan.
    LayerParallelTask(Plan plan, ImageMemory memory, int threads) {
        this.plan = plan;
        this.memory = memory;
        this.threads = threads;
        this.chunks = new int[plan.stepCount()];
        this.task = new StagedTask(this, threads);
    }

    /// Runs image number `image` of `input` and writes its result to `output`.
    void run(float[] input, float[] output, int image) {
        var program = plan.program();
        follow(program.steps());
        running = memory.of(program);
        program.load(input, image, running);
        task.run();
        program.store(running, output, image);
    }

    /// Splits the plan's current steps; every program of a network has equally many.
    @SuppressWarnings("ReferenceEquality") // the list changes once in a plan's life, its elements never
    private void follow(List<Step> now) {
        if (now != steps) {
            steps = now;
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = chunksOf(steps.get(i));
            }
        }
    }

    /// The same number for each thread, so that all stages split a feature map alike.
    private int chunksOf(Step step) {
        if (step.work().size() < Tuning.LEAST_WORK) {
            return 1;
        }
        var kernel = step.kernel();
        long worth = Math.min(step.work().size() / Tuning.CHUNK_WORK, kernel.units() / kernel.grain()) / threads;
        int each = Math.clamp(worth, 1, Tuning.CHUNKS_PER_THREAD);
        return Math.max(1, Math.min(each * threads, kernel.units()));
    }

    @Override
    public int count() {
        return chunks.length;
    }

    @Override
    public int chunks(int stage) {
        return chunks[stage];
    }

    @Override
    public void run(int stage, int chunk, int slot) {
        var step = steps.get(stage);
        long units = step.kernel().units();
        step.run(running, (int) (units * chunk / chunks[stage]), (int) (units * (chunk + 1) / chunks[stage]));
    }
}
