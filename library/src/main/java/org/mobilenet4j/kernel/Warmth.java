package org.mobilenet4j.kernel;

import java.util.concurrent.locks.LockSupport;

/// Waits for the JIT: vector code runs a hundred times slower until it is compiled.
///
/// Runs a piece of a kernel on a small shape repeatedly, which makes the JIT compile it, until it is fast. If it
/// never becomes fast (no C2 compiler, no vector instructions), the plain kernels stay in use.
public final class Warmth {
    /// Longer than any compilation takes.
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /// Consecutive fast runs required, so that one lucky reading does not count.
    private static final int TIMES = 5;

    /// After this many calls the JIT's counters are past all thresholds, and only waiting is left.
    private static final int CALLS = 6_000;

    private static final long NAP_NANOS = 500_000;

    private final long patience;
    private long spent;

    /// For all pieces of a program together.
    public Warmth() {
        this(PATIENCE_NANOS);
    }

    Warmth(long patience) {
        this.patience = patience;
    }

    /// Runs `piece` until it takes less than `nanos`.
    ///
    /// Patience is counted in the time that runs and naps take where nothing else wants the
    /// processor: each run as long as the shortest so far. So a busy machine, where the JIT waits
    /// for the processor too, does not use it up.
    ///
    /// @return whether it became fast before patience ran out, which is logged
    public boolean reach(long nanos, Runnable piece) {
        int fast = 0;
        long shortest = Long.MAX_VALUE;
        for (int call = 1; fast < TIMES; call++) {
            long start = System.nanoTime();
            piece.run();
            long time = System.nanoTime() - start;
            shortest = Math.min(shortest, time);
            spent += shortest;
            fast = time < nanos ? fast + 1 : 0;
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (spent > patience) {
                System.getLogger(Warmth.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "vector code did not become fast, so plain loops stay in use, which are many times"
                                        + " slower; is the C2 compiler on?");
                return false;
            }
            if (call > CALLS && fast == 0) {
                LockSupport.parkNanos(this, NAP_NANOS);
                spent += NAP_NANOS;
            }
        }
        return true;
    }
}
