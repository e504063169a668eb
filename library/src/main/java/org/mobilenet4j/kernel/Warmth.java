package org.mobilenet4j.kernel;

/// Waits for the JIT: code on vectors runs a hundred times slower until it is compiled.
///
/// A piece of a kernel is run on a small shape over and over, which is what makes the JIT compile it, until it is fast.
/// Where it never gets fast (no second compiler, no vectors in the processor), the plain kernels stay.
public final class Warmth {
    /// Longer than any compilation takes on a busy machine.
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /// This often in a row, so that one lucky reading does not count.
    private static final int TIMES = 5;

    /// Calls between two short sleeps once the counters of the JIT are past their thresholds.
    private static final int CALLS = 2_000;

    private final long deadline = System.nanoTime() + PATIENCE_NANOS;

    /// Runs `piece` until it takes less than `nanos`.
    ///
    /// @return whether it did before patience ended
    boolean reach(long nanos, Runnable piece) {
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
                java.util.concurrent.locks.LockSupport.parkNanos(this, 1_000_000);
            }
        }
        return true;
    }
}
