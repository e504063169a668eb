package org.mobilenet4j.parallel;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Stages of work, each cut into chunks, done by whoever is there.
///
/// Every thread has a home, with the same share of each stage: what it reads, it has mostly written itself, and it
/// still lies in its own cache. Whoever is through with the chunks of its home takes some of others' homes, and whoever
/// finishes a stage's last chunk opens the next stage. So a helper that comes late, or is taken off its processor
/// between two chunks, holds up nobody.
///
/// What threads tell each other lies in words of their own cache lines: to fetch a line from another core takes as long
/// as a thousand multiply-adds.
public abstract class Relay implements Workers.Job {
    /// Bits of a home's word that count the chunks taken; the rest says in which stage, counted over all runs.
    private static final int CHUNK_BITS = 24;

    private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;

    /// Longs from one word to the next: two cache lines, as processors fetch lines in pairs.
    private static final int APART = 16;

    private static final int STAGE = APART;
    private static final int DONE = 2 * APART;
    private static final int HOMES = 3 * APART;

    /// How often a waiting thread looks before it lets others run, and before it sleeps.
    private static final int SPINS = 1_000;

    private static final int YIELDS = 1_050;
    private static final long NAP_NANOS = 20_000;

    private final int stages;
    private final int homes;
    /// Which stage is on, counted over all runs; how many of its chunks are done; and for each home the chunks taken.
    private final AtomicLongArray words;

    private volatile @Nullable Throwable failure;

    protected Relay(int stages, int homes) {
        this.stages = stages;
        this.homes = homes;
        this.words = new AtomicLongArray(HOMES + (homes + 1) * APART);
        words.set(STAGE, stages);
    }

    /// The number of chunks of `stage`, at least one.
    protected abstract int chunks(int stage);

    /// Does a chunk, as a thread of home `home`.
    protected abstract void run(int stage, int chunk, int home);

    /// Does all stages, with the help of as many threads as there are more homes. One thread at a time.
    public final void run() {
        if (stages == 0) {
            return;
        }
        failure = null;
        words.set(STAGE, words.get(STAGE) + 1);
        Workers.shared().hire(this, homes - 1);
        help(0);
        var thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a step failed: " + thrown, thrown);
        }
    }

    /// Takes part until the last stage is done.
    @Override
    public final void help(int helper) {
        int home = helper % homes;
        for (long now = words.get(STAGE); now % (stages + 1) != stages; now = awaitAfter(now)) {
            int stage = (int) (now % (stages + 1));
            int chunks = chunks(stage);
            for (int i = 0; i < homes; i++) {
                takeFrom((home + i) % homes, now, stage, chunks, home);
            }
        }
    }

    /// Does what is left of the share of `from`.
    private void takeFrom(int from, long now, int stage, int chunks, int home) {
        int first = first(from, chunks);
        int share = first(from + 1, chunks) - first;
        int finished = 0;
        for (int chunk = take(from, now, share); chunk < share; chunk = take(from, now, share)) {
            attempt(stage, first + chunk, home);
            finished++;
        }
        if (finished > 0 && words.addAndGet(DONE, finished) == chunks) {
            words.set(DONE, 0);
            words.set(STAGE, now + 1);
        }
    }

    private int first(int home, int chunks) {
        return (int) ((long) chunks * home / homes);
    }

    /// The next chunk of a home's share, or `share` when all are taken. A word of an earlier stage counts as zero.
    private int take(int home, long now, int share) {
        int word = HOMES + home * APART;
        while (true) {
            long seen = words.get(word);
            int chunk = seen >>> CHUNK_BITS == now ? (int) (seen & CHUNK_MASK) : 0;
            if (chunk >= share || seen >>> CHUNK_BITS > now) {
                return share;
            }
            if (words.compareAndSet(word, seen, (now << CHUNK_BITS) + chunk + 1)) {
                return chunk;
            }
        }
    }

    /// A failure must not stop the count, or everybody would wait for ever.
    private void attempt(int stage, int chunk, int home) {
        try {
            run(stage, chunk, home);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    /// The stage after `now`, once it is on.
    private long awaitAfter(long now) {
        for (int spin = 0; ; spin++) {
            long next = words.get(STAGE);
            if (next != now) {
                return next;
            }
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
