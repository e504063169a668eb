package org.mobilenet4j.parallel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The helper threads of the process: one less than there are processors, started when first needed, shared by
/// all sessions.
///
/// A session recruits idle helpers and does the work alone if there are none, so that many sessions share the
/// processors without waiting for each other. Helpers are daemon threads that end when they have been idle for some
/// seconds, and are started again when needed: nothing has to be closed, and nothing keeps a class loader alive.
public final class Workers {
    /// A task that a helper can take part in until it is finished.
    public interface Job {
        /// Takes part, as helper number `helper`, counted from 1.
        void help(int helper);
    }

    /// How often a helper polls for new work before it sleeps; some tens of microseconds.
    private static final int SPINS = 2_000;

    private static final long IDLE_NANOS = 2_000_000_000;

    /// In place of a job: the helper has no thread.
    private static final Job ENDED = _ -> {};

    private final Worker[] workers;

    Workers(int count) {
        this(count, IDLE_NANOS);
    }

    /// @param idleNanos how long a helper without work waits before its thread ends
    Workers(int count, long idleNanos) {
        workers = new Worker[count];
        for (int i = 0; i < count; i++) {
            workers[i] = new Worker(i + 1, idleNanos);
        }
    }

    /// The helpers of the process.
    public static Workers shared() {
        return Shared.WORKERS;
    }

    /// The number of helpers.
    public int count() {
        return workers.length;
    }

    /// Asks up to `wanted` idle helpers to take part in `job`.
    public void recruit(Job job, int wanted) {
        int recruited = 0;
        for (int i = 0; i < workers.length && recruited < wanted; i++) {
            if (workers[i].take(job)) {
                recruited++;
            }
        }
    }

    private static final class Shared {
        static final Workers WORKERS = new Workers(Runtime.getRuntime().availableProcessors() - 1);
    }

    private static final class Worker implements Runnable {
        private final int number;
        private final long idleNanos;

        /// What it does, null while it waits, or [#ENDED].
        private final AtomicReference<@Nullable Job> job = new AtomicReference<>(ENDED);

        /// Of the last job that started one; written before others can see that it waits.
        private volatile @Nullable Thread thread;

        Worker(int number, long idleNanos) {
            this.number = number;
            this.idleNanos = idleNanos;
        }

        /// Gives it `wanted` if it is idle.
        boolean take(Job wanted) {
            if (job.compareAndSet(null, wanted)) {
                LockSupport.unpark(thread);
                return true;
            }
            if (job.compareAndSet(ENDED, wanted)) {
                var started = Thread.ofPlatform()
                        .daemon()
                        .name("mobilenet4j-" + number)
                        .unstarted(this);
                // Nobody else's class loader is kept alive.
                started.setContextClassLoader(null);
                thread = started;
                started.start();
                return true;
            }
            return false;
        }

        @Override
        public void run() {
            for (var now = await(); now != null; now = await()) {
                try {
                    now.help(number);
                } finally {
                    job.set(null);
                }
            }
        }

        /// The next job, or null once there has been none for long enough.
        private @Nullable Job await() {
            long idleSince = 0;
            for (int spin = 0; ; spin++) {
                var now = job.get();
                if (now != null) {
                    return now;
                }
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else if (spin == SPINS) {
                    idleSince = System.nanoTime();
                } else {
                    long left = idleNanos - (System.nanoTime() - idleSince);
                    if (left > 0) {
                        LockSupport.parkNanos(this, left);
                    } else if (job.compareAndSet(null, ENDED)) {
                        return null;
                    }
                }
            }
        }
    }
}
