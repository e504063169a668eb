package org.mobilenet4j.kernel;

import java.util.concurrent.locks.LockSupport;

/// Waits for the JIT: code on vectors runs a hundred times slower until it is compiled.
///
/// A piece of a kernel is run on a small shape over and over, which is what makes the JIT compile it, until it is fast.
/// Where it never gets fast (no second compiler, no vectors in the processor), the plain kernels stay.
public final class Warmth {
    /// Longer than any compilation takes on a busy machine.
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /// This often in a row, so that one lucky reading does not count.
    private static final int TIMES = 5;

    /// After so many calls the counters of the JIT are past all thresholds, and there is only waiting left.
    private static final int CALLS = 6_000;

    private static final long NAP_NANOS = 500_000;

    private final long deadline = System.nanoTime() + PATIENCE_NANOS;

    /// Runs `piece` until it takes less than `nanos`.
    ///
    /// @return whether it did before patience ended
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
