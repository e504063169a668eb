package org.mobilenet4j.parallel;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs [Stages], one chunk at a time, on all available threads.
///
/// Every thread has a slot, with the same share of each stage, so that it mostly reads what it has written itself
/// and still has in its own cache. A thread that has finished the chunks of its slot takes those of other slots
/// (work stealing); the thread that finishes a stage's last chunk opens the next stage. So a helper that arrives
/// late, or is descheduled between two chunks, delays nobody.
///
/// Threads communicate through words that each have their own cache lines: fetching a line from another core takes
/// as long as a thousand multiply-adds.
public final class StagedTask implements Workers.Job {
    /// Bits of a slot's word that count the chunks taken; the rest holds the stage, counted over all runs.
    private static final int CHUNK_BITS = 24;

    private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;

    /// Longs from one word to the next: two cache lines, as processors fetch lines in pairs.
    private static final int APART = 16;

    private static final int STAGE = APART;
    private static final int DONE = 2 * APART;
    private static final int SLOTS = 3 * APART;

    /// How often a waiting thread polls before it yields, and before it sleeps.
    private static final int SPINS = 1_000;

    private static final int YIELDS = 1_050;
    private static final long NAP_NANOS = 20_000;

    private final Stages stages;
    private final int count;
    private final int slots;
    private final Workers workers;
    /// The current stage, counted over all runs; the number of its finished chunks; and for each slot the chunks taken.
    private final AtomicLongArray words;

    private volatile @Nullable Throwable failure;

    /// For `slots` threads: the one that calls [#run], and helpers.
    public StagedTask(Stages stages, int slots) {
        this(stages, slots, Workers.shared());
    }

    StagedTask(Stages stages, int slots, Workers workers) {
        this.stages = stages;
        this.count = stages.count();
        this.slots = slots;
        this.workers = workers;
        this.words = new AtomicLongArray(SLOTS + (slots + 1) * APART);
        words.set(STAGE, count);
    }

    /// Runs all stages, with a helper for every slot but one. Not thread-safe.
    ///
    /// @throws IllegalStateException if a chunk failed; the others are run all the same
    public void run() {
        if (count == 0) {
            return;
        }
        failure = null;
        words.set(STAGE, now() + 1);
        workers.recruit(this, slots - 1);
        help(0);
        var thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a step failed: " + thrown, thrown);
        }
    }

    /// Takes part until the last stage is finished.
    @Override
    public void help(int helper) {
        int slot = helper % slots;
        for (long now = now(); stageOf(now) < count; now = awaitAfter(now)) {
            int chunks = stages.chunks(stageOf(now));
            if (!isOver(now)) {
                takePart(now, chunks, slot);
            }
        }
    }

    /// The current stage, counted over all runs.
    long now() {
        return words.get(STAGE);
    }

    private int stageOf(long now) {
        return (int) (now % (count + 1));
    }

    /// Whether stage `now` is over, so that data read before may belong to a later run.
    private boolean isOver(long now) {
        VarHandle.acquireFence();
        return now() != now;
    }

    /// Runs what is left of stage `now`. A helper that was descheduled may get here after the stage is over.
    void takePart(long now, int chunks, int slot) {
        if (chunks == 0) {
            words.compareAndSet(STAGE, now, now + 1);
        }
        for (int i = 0; i < slots; i++) {
            takeFrom((slot + i) % slots, now, chunks, slot);
        }
    }

    /// Runs what is left of the share of slot `from`.
    private void takeFrom(int from, long now, int chunks, int slot) {
        int first = first(from, chunks);
        int share = first(from + 1, chunks) - first;
        int finished = 0;
        for (int chunk = take(from, now, share); chunk < share; chunk = take(from, now, share)) {
            attempt(stageOf(now), first + chunk, slot);
            finished++;
        }
        if (finished > 0 && words.addAndGet(DONE, finished) == chunks) {
            words.set(DONE, 0);
            words.set(STAGE, now + 1);
        }
    }

    private int first(int slot, int chunks) {
        return (int) ((long) chunks * slot / slots);
    }

    /// The next chunk of a slot's share, or `share` if all are taken. A word of an earlier stage counts as zero;
    /// one of a later stage tells a late helper that `now` is over.
    private int take(int slot, long now, int share) {
        int word = SLOTS + slot * APART;
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

    /// A failed chunk must still be counted, or every thread would wait forever.
    private void attempt(int stage, int chunk, int slot) {
        try {
            stages.run(stage, chunk, slot);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    /// The stage after `now`, once it has started.
    private long awaitAfter(long now) {
        for (int spin = 0; ; spin++) {
            long next = now();
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

    /// On a processor with more threads than cores, the thread that is waited for may need this one's core.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void yieldToOthers() {
        Thread.yield();
    }
}
