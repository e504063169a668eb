package org.mobilenet4j.parallel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The helper threads of the process: one less than there are processors, started when first needed, shared by
/// all sessions.
///
/// A session recruits idle helpers and does the work alone if there are none, so that many sessions share the
/// processors without waiting for each other. Helpers are daemon threads: nothing has to be closed.
public final class Workers {
    /// A task that a helper can take part in until it is finished.
    public interface Job {
        /// Takes part, as helper number `helper`, counted from 1.
        void help(int helper);
    }

    /// How often a helper polls for new work before it sleeps; some tens of microseconds.
    private static final int SPINS = 2_000;

    private final Worker[] workers;

    Workers(int count) {
        workers = new Worker[count];
        for (int i = 0; i < count; i++) {
            workers[i] = new Worker(i + 1);
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
            if (workers[i].job.compareAndSet(null, job)) {
                LockSupport.unpark(workers[i]);
                recruited++;
            }
        }
    }

    private static final class Shared {
        static final Workers WORKERS = new Workers(Runtime.getRuntime().availableProcessors() - 1);
    }

    private static final class Worker extends Thread {
        final AtomicReference<@Nullable Job> job = new AtomicReference<>();

        private final int number;

        Worker(int number) {
            super("mobilenet4j-" + number);
            this.number = number;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            while (true) {
                var now = await();
                try {
                    now.help(number);
                } finally {
                    job.set(null);
                }
            }
        }

        private Job await() {
            for (int spin = 0; ; spin++) {
                var now = job.get();
                if (now != null) {
                    return now;
                }
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }
    }
}
