package org.mobilenet4j.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Files that may be gzipped, told by their first bytes.
final class Gunzip {
    private static final int BUFFER_BYTES = 1 << 16;

    private Gunzip() {}

    /// The content of `file`, buffered.
    ///
    /// @throws IOException when it cannot be opened or its gzip header is damaged
    @SuppressWarnings("MustBeClosedChecker")
    static InputStream open(Path file) throws IOException {
        var stored = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            stored.mark(2);
            boolean gzipped = stored.read() == 0x1f && stored.read() == 0x8b;
            stored.reset();
            return gzipped ? new BufferedInputStream(new GZIPInputStream(stored, BUFFER_BYTES), BUFFER_BYTES) : stored;
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }
}
