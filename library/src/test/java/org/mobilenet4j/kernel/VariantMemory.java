package org.mobilenet4j.kernel;

import java.lang.foreign.Arena;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.machine.GuardedMemory;

/// Runs kernels where their variant works: machine code off the heap, with a forbidden page behind the last float that
/// belongs to a map.
final class VariantMemory {
    private VariantMemory() {}

    /// Does units `from` to `to` on `memory`, which ends with [Kernel#SLACK] floats that machine code may not read.
    static void run(KernelVariant variant, Kernel kernel, float[] memory, int from, int to) {
        if (variant != KernelVariant.MACHINE) {
            kernel.run(Memory.of(memory), from, to);
            return;
        }
        int floats = memory.length - Kernel.SLACK;
        try (Arena arena = Arena.ofConfined()) {
            var guarded = new NativeMemory(GuardedMemory.before((long) Float.BYTES * floats, arena));
            guarded.put(memory, 0, 0, floats);
            kernel.run(guarded, from, to);
            guarded.get(0, memory, 0, floats);
        }
    }
}
