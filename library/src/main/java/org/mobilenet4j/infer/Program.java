package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// What a plan runs: how an image comes in, the steps in order, how its result goes out.
///
/// @param variant which kernels it has
/// @param kernels what made them
/// @param floats how much memory they work on
/// @param steps each a kernel bound to its places in memory
record Program(KernelVariant variant, Kernels kernels, int floats, InputOutput inputOutput, List<Step> steps) {
    /// A memory for one image at a time.
    Memory newMemory() {
        return kernels.memory(floats);
    }

    /// Whether it runs in memory off the heap.
    boolean isNative() {
        return variant == KernelVariant.MACHINE;
    }

    /// Copies image number `image` of `images`, dense NHWC, to its place.
    void load(float[] images, int image, Memory memory) {
        inputOutput.load(images, image * inputOutput.input().shape().elements(), memory);
    }

    /// Copies the result to number `image` of `results`, dense NHWC.
    void store(Memory memory, float[] results, int image) {
        inputOutput.store(
                memory, results, image * inputOutput.output().plane().shape().elements());
    }

    /// Has the JIT compile all of it; writes anywhere in `memory`.
    ///
    /// @return whether it is fast now
    boolean warmUp(Memory memory) {
        var warmth = new Warmth();
        boolean isFast = inputOutput.warmUp(memory, warmth);
        for (int i = 0; i < steps.size() && isFast; i++) {
            isFast = steps.get(i).kernel().warmUp(memory, warmth);
        }
        return isFast;
    }
}
