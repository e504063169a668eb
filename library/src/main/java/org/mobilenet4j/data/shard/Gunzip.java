package org.mobilenet4j.data.shard;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.mobilenet4j.error.BadFileException;

/// Files that may be gzipped, told by their first bytes.
public final class Gunzip {
    private static final int BUFFER_BYTES = 1 << 16;

    /// How many times its file an unpacked content may take, far more than photos and labels shrink by: a file of
    /// zeros shrinks to a thousandth, and would take a thousand times its size of memory.
    private static final int MAX_RATIO = 64;

    /// What may be unpacked of any file.
    private static final long ALWAYS_BYTES = 4 << 20;

    private Gunzip() {}

    /// Checks what a file claims to hold before memory is taken for it.
    ///
    /// @param entry what of `file` claims it
    /// @throws BadFileException when `file`, gzipped or not, is too small for `bytes` bytes
    public static void requirePossible(Path file, long bytes, String entry) throws IOException {
        long size = Files.size(file);
        if (bytes > Math.max(ALWAYS_BYTES, MAX_RATIO * size)) {
            throw new BadFileException(
                    file,
                    entry + " claims " + bytes + " bytes in a file of " + size
                            + ", more than pictures shrink; get it again");
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
