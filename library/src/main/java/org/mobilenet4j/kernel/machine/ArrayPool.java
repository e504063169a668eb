package org.mobilenet4j.kernel.machine;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Scratch;

/// Arrays that take the place of a memory, shared by the kernels of a program, which are all made before the first
/// runs.
final class ArrayPool {
    private int size;
    private volatile @Nullable Scratch arrays;

    /// Wants arrays of at least `floats` floats.
    synchronized void atLeast(int floats) {
        if (floats > size) {
            size = floats;
            arrays = null;
        }
    }

    float[] take() {
        var now = arrays;
        return (now != null ? now : begin()).take();
    }

    void give(float[] array) {
        var now = arrays;
        if (now != null) {
            now.give(array);
        }
    }

    private synchronized Scratch begin() {
        var now = arrays;
        if (now == null) {
            now = new Scratch(size);
            arrays = now;
        }
        return now;
    }
}
