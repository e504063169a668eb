package org.mobilenet4j.app.cli.pull;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.app.pull.DownloadListener;
import org.mobilenet4j.app.pull.Patience;

/// Progress of downloads on standard error: a bar for each on a terminal, and a line for each failed attempt.
final class PullReport implements DownloadListener, AutoCloseable {
    private final PrintWriter err;
    private @Nullable URI current;
    private @Nullable Progress bar;

    PullReport(PrintWriter err) {
        this.err = err;
    }

    /// Ends the bar before something else is written.
    void finish() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void received(URI address, long bytes, long total) {
        if (bar == null || !address.equals(current)) {
            finish();
            current = address;
            var path = address.getPath();
            bar = Progress.ofBytes(path.substring(path.lastIndexOf('/') + 1));
        }
        bar.moveTo(bytes, total);
    }

    @Override
    public void retrying(URI address, String problem, Duration pause) {
        finish();
        err.println("mobilenet: " + PlainText.of(address + ": " + problem) + "; trying again in "
                + Patience.seconds(pause));
        err.flush();
    }

    @Override
    public void close() {
        finish();
    }
}
