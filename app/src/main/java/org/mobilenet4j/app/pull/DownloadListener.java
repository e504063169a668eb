package org.mobilenet4j.app.pull;

import java.net.URI;
import java.time.Duration;

/// Receives the progress of a download.
public interface DownloadListener {
    /// More bytes were received.
    ///
    /// @param bytes received in total, including earlier runs
    /// @param total size, or -1 if unknown
    void received(URI address, long bytes, long total);

    /// An attempt failed, and there will be another.
    ///
    /// @param problem what went wrong
    /// @param pause before the next attempt
    void retrying(URI address, String problem, Duration pause);
}
