package org.mobilenet4j.kernel;

import java.util.concurrent.locks.LockSupport;

/// Waits for the JIT: vector code runs a hundred times slower until it is compiled.
///
/// Runs a piece of a kernel on a small shape repeatedly, which makes the JIT compile it, until it is fast. If it
/// never becomes fast (no C2 compiler, no vector instructions), the plain kernels stay in use.
public final class Warmth {
    /// Longer than any compilation takes on a busy machine.
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /// Consecutive fast runs required, so that one lucky reading does not count.
    private static final int TIMES = 5;

    /// After this many calls the JIT's counters are past all thresholds, and only waiting is left.
    private static final int CALLS = 6_000;

    private static final long NAP_NANOS = 500_000;

    private final long deadline = System.nanoTime() + PATIENCE_NANOS;

    /// Runs `piece` until it takes less than `nanos`.
    ///
    /// @return whether it became fast in time
    public boolean reach(long nanos, Runnable piece) {
        int fast = 0;
        for (int call = 1; fast < TIMES; call++) {
            long start = System.nanoTime();
            piece.run();
            long end = System.nanoTime();
            fast = end - start < nanos ? fast + 1 : 0;
            if (end > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (call > CALLS && fast == 0) {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
        return true;
    }
}
