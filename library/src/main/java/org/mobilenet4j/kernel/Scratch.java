package org.mobilenet4j.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Small arrays that a kernel needs while it runs, kept from one run to the next, one for each thread that runs at
/// once.
public final class Scratch {
    private final int size;
    private final AtomicReferenceArray<float @Nullable []> free =
            new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors() + 1);

    /// Arrays of `size` floats.
    public Scratch(int size) {
        this.size = size;
    }

    /// An array that is the caller's until it is given back; its values are left over from before.
    public float[] take() {
        for (int i = 0; i < free.length(); i++) {
            var array = free.get(i);
            if (array != null && free.compareAndSet(i, array, null)) {
                return array;
            }
        }
        return new float[size];
    }

    /// Gives `array` back.
    public void give(float[] array) {
        for (int i = 0; i < free.length(); i++) {
            if (free.get(i) == null && free.compareAndSet(i, null, array)) {
                return;
            }
        }
    }
}
