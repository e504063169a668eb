package org.mobilenet4j.app.cli.text;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/// Progress in lines, for logs: one as soon as some time has gone by since the last. Any thread may call it.
final class ProgressLines {
    private final String task;
    private final long total;
    private final long everyNanos;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private volatile String said = "";

    /// @param total steps in all, or negative where that is not known
    ProgressLines(String task, long total, long everyNanos) {
        this.task = task;
        this.total = total;
        this.everyNanos = everyNanos;
    }

    /// What is added to the next line.
    void say(String what) {
        said = what;
    }

    void step(PrintStream err) {
        show(done.incrementAndGet(), err);
    }

    void moveTo(long count, PrintStream err) {
        done.set(count);
        show(count, err);
    }

    private void show(long count, PrintStream err) {
        long now = System.nanoTime();
        long before = last.get();
        if (now - before >= everyNanos && last.compareAndSet(before, now)) {
            err.println(task + ": " + count + (total > 0 ? " of " + total : "") + (said.isEmpty() ? "" : ", " + said));
        }
    }
}
