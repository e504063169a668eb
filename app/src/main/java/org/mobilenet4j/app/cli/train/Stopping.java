package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs long work that ends cleanly when the process is asked to stop (SIGTERM, Ctrl-C).
public final class Stopping {
    /// Longer than a step and a checkpoint take.
    private static final int PATIENCE_SECONDS = 30;

    private Stopping() {}

    /// Work that returns whether it ran to its end.
    public interface Work {
        boolean run() throws IOException;
    }

    /// Runs `work`; when the process is asked to stop, calls `stop` and waits until the work has returned.
    public static boolean with(Runnable stop, Work work) throws IOException {
        var done = new CountDownLatch(1);
        var hook = Thread.ofPlatform().unstarted(() -> {
            stop.run();
            try {
                done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            boolean isDone = work.run();
            if (isDone) {
                remove(hook);
            }
            return isDone;
        } finally {
            done.countDown();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is about to stop anyway.
        }
    }
}
