package org.mobilenet4j.app.cli.text;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// What a command does when the process is asked to end (SIGTERM, Ctrl-C): it says so in one line, and work that can be
/// stopped keeps what it has before.
public final class Stopping {
    private static final ScopedValue<Stopping> CURRENT = ScopedValue.newInstance();

    /// Longer than a step and a checkpoint take.
    private static final int PATIENCE_SECONDS = 30;

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private volatile String farewell = "stopped";
    private volatile @Nullable Part part;

    private Stopping(PrintWriter err) {
        this.err = err;
    }

    /// Runs a command, and says when it is stopped.
    ///
    /// @return what `command` returns
    public static int watch(PrintWriter err, IntSupplier command) {
        var stopping = new Stopping(err);
        var hook = Thread.ofPlatform().unstarted(stopping::end);
        Runtime.getRuntime().addShutdownHook(hook);
        int exit = ScopedValue.where(CURRENT, stopping).call(command::getAsInt);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already.
        }
        return exit;
    }

    /// What is said instead of `stopped` from now on: what was kept, and how to go on.
    public static void say(String farewell) {
        if (CURRENT.isBound()) {
            CURRENT.get().farewell = farewell;
        }
    }

    /// Work that can be stopped.
    @FunctionalInterface
    public interface Work<T> {
        /// Does it, to its end or until it is stopped.
        ///
        /// @param stop is told what makes it return; called at once if it is to return already
        T run(Stop stop) throws IOException;
    }

    /// Is told how work is stopped.
    @FunctionalInterface
    public interface Stop {
        /// From now on `action` makes the work return.
        void by(Runnable action);
    }

    /// Runs `work`. When the process is asked to end, it is stopped, and the process lives until it has returned; then
    /// `keeps` is said, what was kept and how to go on, and this does not return.
    ///
    /// @return what it returns
    public static <T> T with(String keeps, Work<T> work) throws IOException {
        if (!CURRENT.isBound()) {
            return work.run(_ -> {});
        }
        var stopping = CURRENT.get();
        var own = new Part();
        var before = stopping.farewell;
        stopping.farewell = keeps;
        stopping.part = own;
        try {
            return work.run(own::by);
        } catch (IOException | BadValueException e) {
            if (own.isAsked()) { // else the command says it
                stopping.farewell = "stopped; " + FailureText.of(e);
            }
            throw e;
        } finally {
            stopping.part = null;
            own.ended.countDown();
            if (own.isAsked()) {
                waitForTheEnd();
            }
            stopping.farewell = before;
        }
    }

    /// The farewell is the last that is said.
    private static void waitForTheEnd() {
        try {
            TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        var running = part;
        if (running == null || running.end()) {
            err.println((Terminal.ERR.isThere() ? ERASE_LINE : "") + "mobilenet: " + PlainText.of(farewell));
            err.flush();
        }
    }

    /// Work that can be stopped.
    private static final class Part {
        private final CountDownLatch ended = new CountDownLatch(1);
        private Runnable action = () -> {};
        private boolean isAsked;

        synchronized void by(Runnable stop) {
            action = stop;
            if (isAsked) {
                stop.run();
            }
        }

        synchronized boolean isAsked() {
            return isAsked;
        }

        private synchronized void ask() {
            isAsked = true;
            action.run();
        }

        /// Whether it has ended in time.
        boolean end() {
            ask();
            try {
                return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
