package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// The steps that a plan runs, in order, with the input and output around them.
///
/// @param variant the kernels it uses
/// @param kernels the provider of these kernels
/// @param floats size of the memory they work on
/// @param steps kernels bound to their places in memory
record Program(KernelVariant variant, Kernels kernels, int floats, InputOutput inputOutput, List<Step> steps) {
    /// A memory for one image at a time.
    Memory newMemory() {
        return kernels.memory(floats);
    }

    /// Whether it runs in off-heap memory.
    boolean isNative() {
        return variant == KernelVariant.MACHINE;
    }

    /// Copies image number `image` of `images`, dense NHWC, into memory.
    void load(float[] images, int image, Memory memory) {
        inputOutput.load(images, image * inputOutput.input().shape().elements(), memory);
    }

    /// Copies the result to position `image` of `results`, dense NHWC.
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
