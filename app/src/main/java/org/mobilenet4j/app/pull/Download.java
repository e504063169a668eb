package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Objects;

/// Downloads a file over HTTP, in several attempts if needed. Each attempt continues where the last one ended, if the
/// server supports that and still has the same version.
final class Download implements AutoCloseable {
    private final Patience patience;
    private final DownloadListener listener;
    private final HttpClient client;

    Download(Patience patience, DownloadListener listener) {
        this.patience = patience;
        this.listener = listener;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience.connecting())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .proxy(new EnvironmentProxies(
                        Objects.requireNonNullElse(ProxySelector.getDefault(), HttpClient.Builder.NO_PROXY),
                        System::getenv))
                .build();
    }

    /// Downloads the file at `address` to `part`.
    ///
    /// @return whether `part` was assembled from several responses
    /// @throws MissingFileException if there is no such file
    /// @throws IOException if the download fails; `part` keeps what was received
    boolean fetch(URI address, PartialFile part) throws IOException {
        boolean isReached = false;
        var pause = patience.pause();
        for (int attempt = 1; ; attempt++) {
            try {
                return new Attempt(client, patience, listener, address, part).run();
            } catch (BrokenOffException e) {
                isReached |= !e.isUnreachable();
                if (!isReached) {
                    throw new IOException(
                            address + ": cannot be reached; check the network and the proxy (https_proxy, no_proxy), or"
                                    + " take the file from a --mirror",
                            e);
                }
                if (attempt == patience.attempts()) {
                    throw new IOException(
                            address + ": " + e.problem() + ", at the last of " + attempt
                                    + " attempts; try again later, the part that was received is kept",
                            e);
                }
                listener.retrying(address, e.problem(), pause);
            }
            patience.rest(pause);
            pause = pause.multipliedBy(2);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
