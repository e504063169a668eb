package org.mobilenet4j.data.shard;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
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
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(entry, "entry");
        requirePossible(Files.size(file), file, bytes, entry);
    }

    private static void requirePossible(long size, Path file, long bytes, String entry) throws BadFileException {
        if (bytes > Math.max(ALWAYS_BYTES, MAX_RATIO * size)) {
            throw new BadFileException(
                    file,
                    entry + " claims " + bytes + " bytes in a file of " + size
                            + ", more than pictures compress; get it again");
        }
    }

    /// Whether `file` is gzipped.
    ///
    /// @throws IOException when it cannot be read
    public static boolean isGzipped(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /// The content of `file`, buffered; unpacked, it ends in a [BadFileException] where it is more than pictures
    /// compress, so that little cannot take long.
    ///
    /// @throws IOException when it cannot be opened or its gzip header is damaged
    @SuppressWarnings("MustBeClosedChecker")
    public static InputStream open(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        boolean gzipped = isGzipped(file);
        var stored = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            return gzipped
                    ? new BufferedInputStream(
                            new Bounded(file, new GZIPInputStream(stored, BUFFER_BYTES)), BUFFER_BYTES)
                    : stored;
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }

    /// Counts what is unpacked.
    private static final class Bounded extends FilterInputStream {
        private final Path file;
        private final long size;
        private long count;

        Bounded(Path file, InputStream in) throws IOException {
            super(in);
            this.file = file;
            this.size = Files.size(file);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count += Math.max(0, read);
            requirePossible(size, file, count, "it");
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(wanted, BUFFER_BYTES)]));
        }
    }
}
