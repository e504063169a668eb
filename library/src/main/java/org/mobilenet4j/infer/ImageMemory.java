package org.mobilenet4j.infer;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Memory;

/// Memory for one image at a time, of the kind that the program of the moment works on. It changes at most once, from
/// an
/// array to memory off the heap.
final class ImageMemory {
    private @Nullable Memory memory;

    /// The memory to run `program` in, from its first step on.
    Memory of(Program program) {
        var now = memory;
        if (now == null || now.isNative() != program.isNative()) {
            now = program.newMemory();
            memory = now;
        }
        return now;
    }
}
