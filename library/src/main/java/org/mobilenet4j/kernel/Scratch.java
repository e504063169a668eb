package org.mobilenet4j.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Small working arrays of a kernel, reused from run to run, one for each thread that runs at the same time.
public final class Scratch {
    private final int size;
    private final AtomicReferenceArray<float @Nullable []> free =
            new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors() + 1);

    /// Arrays of `size` floats.
    public Scratch(int size) {
        this.size = size;
    }

    /// Borrows an array until it is given back; it holds values left over from earlier use.
    public float[] take() {
        for (int i = 0; i < free.length(); i++) {
            var array = free.get(i);
            if (array != null && free.compareAndSet(i, array, null)) {
                return array;
            }
        }
        return new float[size];
    }

    /// Returns `array`.
    public void give(float[] array) {
        for (int i = 0; i < free.length(); i++) {
            if (free.get(i) == null && free.compareAndSet(i, null, array)) {
                return;
            }
        }
    }
}
