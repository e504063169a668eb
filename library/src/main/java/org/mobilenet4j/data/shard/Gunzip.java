package org.mobilenet4j.data.shard;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.mobilenet4j.error.BadFileException;

/// Opens files that may be gzipped, recognized by their first bytes.
public final class Gunzip {
    private static final int BUFFER_BYTES = 1 << 16;

    /// The limit on unpacked over packed size, far more than photos and labels reach: zeros shrink to a thousandth
    /// and would need a thousand times the file's size in memory.
    private static final int MAX_RATIO = 64;

    /// Bytes that any file may unpack to.
    private static final long ALWAYS_BYTES = 4 << 20;

    private Gunzip() {}

    /// Checks the size that a file claims before memory is allocated.
    ///
    /// @param entry the part of `file` that claims it
    /// @throws BadFileException when `file`, gzipped or not, is too small for `bytes` bytes
    public static void requirePossible(Path file, long bytes, String entry) throws IOException {
        long size = Files.size(file);
        if (bytes > Math.max(ALWAYS_BYTES, MAX_RATIO * size)) {
            throw new BadFileException(
                    file,
                    entry + " claims " + bytes + " bytes in a file of " + size
                            + ", more than pictures compress; get it again");
        }
    }

    /// The content of `file`, buffered.
    ///
    /// @throws IOException when it cannot be opened or its gzip header is damaged
    @SuppressWarnings("MustBeClosedChecker")
    public static InputStream open(Path file) throws IOException {
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
