package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Objects;

/// Brings a file over HTTP, in several attempts where one does not do; each goes on where the one before ended, if the
/// server can do that and still has the same version.
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

    /// Brings what lies at `address` into `part`.
    ///
    /// @return whether `part` is put together from several answers
    /// @throws MissingFileException when there is no such file
    /// @throws IOException when it does not come; `part` then is what came
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
                                    + " attempts; try again later, what came is kept",
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
