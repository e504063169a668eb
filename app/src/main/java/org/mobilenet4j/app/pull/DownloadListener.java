package org.mobilenet4j.app.pull;

import java.net.URI;
import java.time.Duration;

/// Hears how a download goes.
public interface DownloadListener {
    /// More of it has come.
    ///
    /// @param bytes in all, those of earlier runs included
    /// @param total the whole, or -1 while nobody knows
    void received(URI address, long bytes, long total);

    /// An attempt has failed and there will be another.
    ///
    /// @param problem what went wrong
    /// @param pause until then
    void retrying(URI address, String problem, Duration pause);
}
