package org.mobilenet4j.infer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Stages of work, each cut into chunks, done by whoever is there.
///
/// A single number, the ticket, says which stage is on and which chunk is next; whoever finishes a stage's last chunk
/// opens the next stage. So a helper that comes late, or is taken off its processor between two chunks, holds up
/// nobody.
abstract class Relay implements Workers.Job {
    /// Bits of the ticket that count chunks; the rest counts stages over all runs.
    private static final int CHUNK_BITS = 24;

    private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;

    /// How often a waiting thread looks before it lets others run, and before it sleeps.
    private static final int SPINS = 1_000;

    private static final int YIELDS = 1_050;
    private static final long NAP_NANOS = 20_000;

    private final int stages;
    private final AtomicLong ticket;
    private final AtomicInteger done = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Relay(int stages) {
        this.stages = stages;
        this.ticket = new AtomicLong((long) stages << CHUNK_BITS);
    }

    /// The number of chunks of `stage`, at least one.
    abstract int chunks(int stage);

    /// Does a chunk.
    abstract void run(int stage, int chunk);

    /// Does all stages, with up to `helpers` helpers. One thread at a time.
    void run(int helpers) {
        if (stages == 0) {
            return;
        }
        failure = null;
        done.setRelease(0);
        ticket.set(((ticket.get() >>> CHUNK_BITS) + 1) << CHUNK_BITS);
        Workers.shared().hire(this, helpers);
        help();
        var thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a step failed: " + thrown, thrown);
        }
    }

    /// Takes part until the last stage is done.
    @Override
    public void help() {
        while (true) {
            long now = ticket.getAndIncrement();
            int stage = stage(now);
            if (stage == stages) {
                return;
            }
            int chunk = (int) (now & CHUNK_MASK);
            if (chunk < chunks(stage)) {
                attempt(stage, chunk);
                if (done.incrementAndGet() == chunks(stage)) {
                    done.set(0);
                    ticket.set(((now >>> CHUNK_BITS) + 1) << CHUNK_BITS);
                }
            } else {
                awaitNext(now >>> CHUNK_BITS);
            }
        }
    }

    private int stage(long now) {
        return (int) ((now >>> CHUNK_BITS) % (stages + 1));
    }

    /// A failure must not stop the count, or everybody would wait for ever.
    private void attempt(int stage, int chunk) {
        try {
            run(stage, chunk);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    private void awaitNext(long sequence) {
        for (int spin = 0; ticket.get() >>> CHUNK_BITS == sequence; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else if (spin < YIELDS) {
                yieldToOthers();
            } else {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
    }

    /// On a processor with more threads than cores, the one that is waited for may need this one's.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void yieldToOthers() {
        Thread.yield();
    }
}
