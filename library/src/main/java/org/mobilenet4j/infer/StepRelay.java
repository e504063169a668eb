package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.parallel.Relay;

/// One image, its steps as stages: threads share the rows or channels of each layer.
final class StepRelay extends Relay {
    /// Work that is worth a chunk of its own, in mult-adds or values: about a microsecond.
    private static final long CHUNK_WORK = 100_000;

    /// Work that is not worth sharing at all.
    private static final long LEAST_WORK = 20_000;

    /// Chunks for each thread at most; more than one evens out what other processes take.
    private static final int CHUNKS_PER_THREAD = 4;

    private final float[] memory;
    private final int threads;
    private final int[] chunks;
    private List<Step> steps = List.of();

    /// For the `count` steps of a plan.
    StepRelay(int count, float[] memory, int threads) {
        super(count, threads);
        this.memory = memory;
        this.threads = threads;
        this.chunks = new int[count];
    }

    /// Runs `now`, the plan's steps of the moment: as many as ever, of the same network.
    @SuppressWarnings("ReferenceEquality") // the list changes once in a plan's life, its elements never
    void run(List<Step> now) {
        if (now != steps) {
            steps = now;
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = chunksOf(steps.get(i));
            }
        }
        run();
    }

    /// As many for each thread, so that all stages divide a map alike.
    private int chunksOf(Step step) {
        if (step.work().size() < LEAST_WORK) {
            return 1;
        }
        var kernel = step.kernel();
        long worth = Math.min(step.work().size() / CHUNK_WORK, kernel.units() / kernel.grain()) / threads;
        int each = Math.clamp(worth, 1, CHUNKS_PER_THREAD);
        return Math.max(1, Math.min(each * threads, kernel.units()));
    }

    @Override
    protected int chunks(int stage) {
        return chunks[stage];
    }

    @Override
    protected void run(int stage, int chunk, int home) {
        var step = steps.get(stage);
        long units = step.kernel().units();
        step.run(memory, (int) (units * chunk / chunks[stage]), (int) (units * (chunk + 1) / chunks[stage]));
    }
}
