package org.mobilenet4j.kernel.machine;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.machine.NativeCode;
import org.mobilenet4j.machine.NativeRoutine;

/// A routine of a program's code, which is loaded when all of it is written, or on the first call.
final class PlannedRoutine {
    private final Workshop workshop;
    private final String name;
    private volatile @Nullable NativeRoutine routine;

    PlannedRoutine(Workshop workshop, String name) {
        this.workshop = workshop;
        this.name = name;
    }

    void loaded(NativeCode code) {
        routine = code.routine(name);
    }

    void call(long a, long b, long c, long d, long e, long f) {
        get().call(a, b, c, d, e, f);
    }

    /// It, loaded.
    NativeRoutine get() {
        var now = routine;
        if (now == null) {
            workshop.load();
            now = routine;
        }
        if (now == null) {
            throw new IllegalStateException(name + " is not loaded");
        }
        return now;
    }
}
