package org.mobilenet4j.app.cli.text;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A bar on standard error while a long command works, on a terminal only.
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 78;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /// Of so many steps.
    public static Progress of(String task, int total) {
        return new Progress(isTerminal() ? bar(task).setInitialMax(total).build() : null);
    }

    /// Of bytes whose number shows as they come.
    public static Progress ofBytes(String task) {
        return new Progress(
                isTerminal()
                        ? bar(task).setUnit(" MiB", 1 << 20).setInitialMax(-1).build()
                        : null);
    }

    private static ProgressBarBuilder bar(String task) {
        // Given a consumer, the library does not look for a terminal with native code of its own.
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(Encoding.hasBlocks("stderr") ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
    }

    /// What is being done now.
    public void say(String what) {
        if (bar != null) {
            bar.setExtraMessage(what);
        }
    }

    /// One more is done; any thread may say so.
    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /// So many are done of `total`, which is negative while nobody knows it.
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

    /// The launcher knows whether standard error is a terminal; Java has no way to ask.
    private static boolean isTerminal() {
        return Boolean.getBoolean("mobilenet4j.terminal");
    }
}
