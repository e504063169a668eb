package org.mobilenet4j.kernel;

import org.jspecify.annotations.Nullable;

/// Working arrays, shared by the kernels of a program, which are all made before the first runs.
public final class ArrayPool {
    private int size;
    private volatile @Nullable Scratch arrays;

    /// Wants arrays of at least `floats` floats.
    public synchronized void atLeast(int floats) {
        if (floats > size) {
            size = floats;
            arrays = null;
        }
    }

    /// Borrows one until it is given back; it holds values left over from earlier use.
    public float[] take() {
        var now = arrays;
        return (now != null ? now : begin()).take();
    }

    /// Returns `array`.
    public void give(float[] array) {
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
