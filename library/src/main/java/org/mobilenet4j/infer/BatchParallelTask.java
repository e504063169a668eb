package org.mobilenet4j.infer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.mobilenet4j.parallel.StagedTask;
import org.mobilenet4j.parallel.Stages;

/// Runs a batch as one stage whose chunks are groups of images: each thread takes whole images through the network,
/// in memory of its own.
final class BatchParallelTask implements Stages {
    private final Plan plan;
    /// One memory for each image of a group, for each thread.
    private final ImageMemory[][] memories;
    private final AtomicIntegerArray taken;
    private final StagedTask task;
    private float[] input = {};
    private float[] output = {};
    private int images;
    private int group = 1;

    /// For `threads` threads; `memory` serves the first image of the first thread.
    BatchParallelTask(Plan plan, ImageMemory memory, int threads) {
        this.plan = plan;
        this.memories = new ImageMemory[threads][];
        this.taken = new AtomicIntegerArray(threads);
        Arrays.fill(memories, new ImageMemory[0]);
        memories[0] = new ImageMemory[] {memory};
        this.task = new StagedTask(this, threads);
    }

    /// Runs the first `newImages` images of `newInput`, up to `newGroup` at a time on each thread.
    void run(float[] newInput, float[] newOutput, int newImages, int newGroup) {
        for (int thread = 0; thread < memories.length; thread++) {
            memories[thread] = atLeast(newGroup, memories[thread]);
        }
        input = newInput;
        output = newOutput;
        images = newImages;
        group = newGroup;
        task.run();
    }

    private ImageMemory[] atLeast(int count, ImageMemory[] those) {
        if (those.length >= count) {
            return those;
        }
        var more = Arrays.copyOf(those, count);
        for (int i = those.length; i < count; i++) {
            more[i] = new ImageMemory();
        }
        return more;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public int chunks(int stage) {
        return Math.ceilDiv(images, group);
    }

    @Override
    public void run(int stage, int chunk, int slot) {
        int own = take(slot);
        try {
            int first = chunk * group;
            run(first, Math.min(group, images - first), memories[own]);
        } finally {
            taken.setRelease(own, 0);
        }
    }

    /// A free set of memories, the slot's own if possible. There is one set for each thread, so the search is short.
    private int take(int slot) {
        for (int at = slot; ; at = (at + 1) % memories.length) {
            if (taken.compareAndSet(at, 0, 1)) {
                return at;
            }
        }
    }

    /// Runs `count` images from `first` on, each in one of `own`.
    ///
    /// Steps with large feature maps run image by image. From the first step that has more weights than
    /// activations, every step runs on all images before the next, so that its weights are fetched once.
    private void run(int first, int count, ImageMemory[] own) {
        var program = plan.program();
        var steps = program.steps();
        int heavy = 0;
        while (heavy < steps.size() && !steps.get(heavy).work().isMostlyWeights()) {
            heavy++;
        }
        for (int i = 0; i < count; i++) {
            var memory = own[i].of(program);
            program.load(input, first + i, memory);
            for (int step = 0; step < heavy; step++) {
                steps.get(step).run(memory);
            }
        }
        for (int step = heavy; step < steps.size(); step++) {
            for (int i = 0; i < count; i++) {
                steps.get(step).run(own[i].of(program));
            }
        }
        for (int i = 0; i < count; i++) {
            program.store(own[i].of(program), output, first + i);
        }
    }
}
