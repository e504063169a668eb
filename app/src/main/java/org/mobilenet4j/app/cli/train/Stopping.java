package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mobilenet4j.app.cli.text.PlainText;

/// Runs long work that ends cleanly when the process is asked to stop (SIGTERM, Ctrl-C).
public final class Stopping {
    /// Longer than a step and a checkpoint take.
    private static final int PATIENCE_SECONDS = 30;

    private Stopping() {}

    /// Work that returns whether it ran to its end.
    public interface Work {
        boolean run() throws IOException;
    }

    /// Runs `work`; when the process is asked to stop, calls `stop`, waits until the work has returned, and says
    /// `farewell`: what was kept, and how to go on.
    ///
    /// @return whether it ran to its end
    public static boolean with(Runnable stop, Work work, PrintWriter err, String farewell) throws IOException {
        var done = new CountDownLatch(1);
        var hook = Thread.ofPlatform().unstarted(() -> {
            stop.run();
            try {
                if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    err.println("mobilenet: " + PlainText.of(farewell));
                    err.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        if (!added(hook)) {
            return false;
        }
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

    /// Whether `hook` was added; not if the process is about to stop.
    private static boolean added(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false;
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
