package org.mobilenet4j.infer;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// A batch, its images as the chunks of one stage: each thread takes whole images through the network, in a memory of
/// its own.
final class ImageRelay extends Relay {
    private final Plan plan;
    private final float[][] memories;
    private final AtomicIntegerArray taken;
    private float[] input = {};
    private float[] output = {};
    private int images;

    /// Over `memories`, one for each thread.
    ImageRelay(Plan plan, float[][] memories) {
        super(1, memories.length);
        this.plan = plan;
        this.memories = memories;
        this.taken = new AtomicIntegerArray(memories.length);
    }

    /// Runs the first `images` images of `newInput`.
    void run(float[] newInput, float[] newOutput, int newImages) {
        input = newInput;
        output = newOutput;
        images = newImages;
        run();
    }

    @Override
    int chunks(int stage) {
        return images;
    }

    @Override
    void run(int stage, int image, int home) {
        int slot = take(home);
        try {
            plan.run(input, image, output, memories[slot]);
        } finally {
            taken.setRelease(slot, 0);
        }
    }

    /// A memory that nobody uses, the home's own if possible; there is one for each thread, so the search is short.
    private int take(int home) {
        for (int slot = home; ; slot = (slot + 1) % memories.length) {
            if (taken.compareAndSet(slot, 0, 1)) {
                return slot;
            }
        }
    }
}
