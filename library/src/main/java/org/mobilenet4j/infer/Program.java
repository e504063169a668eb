package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.KernelProvider;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// The steps that a plan runs, in order, with the input and output around them.
///
/// @param variant the kernels it uses
/// @param kernels the provider of these kernels
/// @param places size of the memory they work on
/// @param ends what copies images in and results out
/// @param borders zeros around an image, written after it
/// @param steps kernels bound to their places in memory; the same number for each variant
record Program(
        KernelVariant variant,
        KernelProvider kernels,
        int places,
        InputOutput ends,
        List<Kernel> borders,
        List<Step> steps) {
    /// A memory for one image at a time.
    Memory newMemory() {
        return kernels.memory(places);
    }

    /// Whether it runs in off-heap memory.
    boolean isNative() {
        return variant == KernelVariant.MACHINE;
    }

    /// Copies image number `image` of `images`, dense NHWC, into memory.
    void load(float[] images, int image, Memory memory) {
        ends.load(images, image, memory);
        for (int i = 0; i < borders.size(); i++) {
            borders.get(i).run(memory);
        }
    }

    /// Copies the result to position `image` of `results`, dense NHWC.
    void store(Memory memory, float[] results, int image) {
        ends.store(memory, results, image);
    }

    /// Has the JIT compile all of it; writes anywhere in `memory`.
    ///
    /// @return whether it is fast now
    boolean warmUp(Memory memory) {
        var warmth = new Warmth();
        boolean isFast = ends.warmUp(memory, warmth);
        for (int i = 0; i < steps.size() && isFast; i++) {
            isFast = steps.get(i).kernel().warmUp(memory, warmth);
        }
        return isFast;
    }
}
