package org.mobilenet4j.app.cli.text;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A progress bar on standard error for long commands; where that is no terminal, a line a minute.
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 78;
    private static final long LINE_NANOS = 60_000_000_000L;

    private final @Nullable ProgressBar bar;
    private final ProgressLines lines;

    private Progress(String task, long total, @Nullable ProgressBar bar) {
        this.bar = bar;
        this.lines = new ProgressLines(task, total, LINE_NANOS);
    }

    /// A bar of a given number of steps.
    public static Progress of(String task, int total) {
        return new Progress(
                task, total, isTerminal() ? bar(task).setInitialMax(total).build() : null);
    }

    /// A bar that counts downloaded bytes.
    public static Progress ofBytes(String task) {
        return new Progress(
                task,
                -1,
                isTerminal()
                        ? bar(task).setUnit(" MiB", 1 << 20).setInitialMax(-1).build()
                        : null);
    }

    private static ProgressBarBuilder bar(String task) {
        // With a consumer, the library does not use native code to look for a terminal.
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(Encoding.hasBlocks("stderr") ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, width()));
    }

    /// Shows what is being done now.
    public void say(String what) {
        if (bar != null) {
            bar.setExtraMessage(what);
        }
        lines.say(what);
    }

    /// Advances by one step; any thread may call it.
    public void step() {
        if (bar != null) {
            bar.step();
        } else {
            lines.step(System.err);
        }
    }

    /// Shows how many of `total` are done; `total` is negative while unknown.
    public void moveTo(long done, long total) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /// As the launcher measured the terminal, less one column, so that a line is never broken.
    private static int width() {
        return Math.clamp(Integer.getInteger("mobilenet4j.columns", WIDTH + 1) - 1L, 20, WIDTH);
    }

    /// Set by the launcher, because Java cannot tell whether standard error is a terminal.
    private static boolean isTerminal() {
        return Boolean.getBoolean("mobilenet4j.terminal");
    }
}
