package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Reads a stream that may fall silent, which `HttpClient` would wait on for ever.
final class TimedReader implements AutoCloseable {
    private final InputStream in;
    private final Patience patience;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TimedReader(InputStream in, Patience patience) {
        this.in = in;
        this.patience = patience;
    }

    /// As [InputStream#read(byte\[\])].
    ///
    /// @throws Patience.SilenceException when nothing comes for too long
    int read(byte[] buffer) throws IOException {
        return patience.await(threads.submit(() -> in.read(buffer)));
    }

    @Override
    public void close() throws IOException {
        // First the stream: that ends a read that still waits.
        try (threads) {
            in.close();
        }
    }
}
