package org.mobilenet4j.infer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.mobilenet4j.parallel.Relay;

/// A batch, groups of its images as the chunks of one stage: each thread takes whole images through the network, in
/// memories of its own.
final class ImageRelay extends Relay {
    private final Plan plan;
    /// For each thread, one for each image of a group.
    private final float[][][] memories;
    private final AtomicIntegerArray taken;
    private float[] input = {};
    private float[] output = {};
    private int images;
    private int group = 1;

    /// For `threads` threads; `memory` serves the first's first image.
    ImageRelay(Plan plan, int threads, float[] memory) {
        super(1, threads);
        this.plan = plan;
        this.memories = new float[threads][][];
        this.taken = new AtomicIntegerArray(threads);
        Arrays.fill(memories, new float[0][]);
        memories[0] = new float[][] {memory};
    }

    /// Runs the first `newImages` images of `newInput`, up to `newGroup` together on each thread.
    void run(float[] newInput, float[] newOutput, int newImages, int newGroup) {
        for (int thread = 0; thread < memories.length; thread++) {
            memories[thread] = atLeast(newGroup, memories[thread]);
        }
        input = newInput;
        output = newOutput;
        images = newImages;
        group = newGroup;
        run();
    }

    private float[][] atLeast(int count, float[][] those) {
        if (those.length >= count) {
            return those;
        }
        var more = Arrays.copyOf(those, count);
        for (int i = those.length; i < count; i++) {
            more[i] = plan.newMemory();
        }
        return more;
    }

    @Override
    protected int chunks(int stage) {
        return Math.ceilDiv(images, group);
    }

    @Override
    protected void run(int stage, int chunk, int home) {
        int slot = take(home);
        try {
            int first = chunk * group;
            plan.run(input, first, Math.min(group, images - first), output, memories[slot]);
        } finally {
            taken.setRelease(slot, 0);
        }
    }

    /// Memories that nobody uses, the home's own if possible; there are some for each thread, so the search is short.
    private int take(int home) {
        for (int slot = home; ; slot = (slot + 1) % memories.length) {
            if (taken.compareAndSet(slot, 0, 1)) {
                return slot;
            }
        }
    }
}
