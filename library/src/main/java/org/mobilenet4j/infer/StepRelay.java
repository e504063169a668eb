package org.mobilenet4j.infer;

import java.util.List;

/// One image, its steps as stages: threads share the rows or channels of each layer.
final class StepRelay extends Relay {
    /// Mult-adds that are worth a chunk of their own: some microseconds of work.
    private static final long CHUNK_MULT_ADDS = 200_000;

    /// Chunks for each thread at most; more than one evens out what other processes take.
    private static final int CHUNKS_PER_THREAD = 4;

    private final float[] memory;
    private final int threads;
    private final int[] chunks;
    private List<Step> steps = List.of();

    /// For the `count` steps of a plan.
    StepRelay(int count, float[] memory, int threads) {
        super(count);
        this.memory = memory;
        this.threads = threads;
        this.chunks = new int[count];
    }

    /// Runs `now`, the plan's steps of the moment: as many as ever, of the same network.
    @SuppressWarnings("ReferenceEquality") // the list changes once in a plan's life, its elements never
    void run(List<Step> now) {
        if (now != steps) {
            steps = now;
            divide();
        }
        run(threads - 1);
    }

    private void divide() {
        for (int i = 0; i < chunks.length; i++) {
            var step = steps.get(i);
            long worth = Math.min(step.multAdds() / CHUNK_MULT_ADDS, (long) threads * CHUNKS_PER_THREAD);
            chunks[i] = (int) Math.max(1, Math.min(worth, step.kernel().units()));
        }
    }

    @Override
    int chunks(int stage) {
        return chunks[stage];
    }

    @Override
    void run(int stage, int chunk) {
        var step = steps.get(stage);
        long units = step.kernel().units();
        step.run(memory, (int) (units * chunk / chunks[stage]), (int) (units * (chunk + 1) / chunks[stage]));
    }
}
