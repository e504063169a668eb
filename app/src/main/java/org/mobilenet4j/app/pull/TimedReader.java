package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Reads a stream with a timeout; `HttpClient` would wait forever for the next bytes.
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
    /// @throws Patience.SilenceException if nothing is received in time
    int read(byte[] buffer) throws IOException {
        return patience.await(threads.submit(() -> in.read(buffer)));
    }

    @Override
    public void close() throws IOException {
        // Close the stream first, which ends a pending read.
        try (threads) {
            in.close();
        }
    }
}
