package org.mobilenet4j.infer;

import java.util.List;

/// One image, its steps as stages: threads share the rows or channels of each layer.
final class StepRelay extends Relay {
    /// Mult-adds that are worth a chunk of their own: some microseconds of work.
    private static final long CHUNK_MULT_ADDS = 200_000;

    /// Chunks for each thread at most; more than one evens out what other processes take.
    private static final int CHUNKS_PER_THREAD = 4;

    private final List<Step> steps;
    private final float[] memory;
    private final int[] chunks;

    StepRelay(List<Step> steps, float[] memory, int threads) {
        super(steps.size());
        this.steps = steps;
        this.memory = memory;
        this.chunks = new int[steps.size()];
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
