package org.mobilenet4j.data.shard;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.OneLine;

/// Reads the files in a tar archive, gzipped or not, including GNU and pax long names.
///
/// Safe for untrusted archives: claimed sizes are checked before memory is allocated.
final class TarReader implements AutoCloseable {
    /// The largest photo that is accepted, in bytes.
    static final int MAX_ENTRY_BYTES = 64 << 20;

    private static final int MAX_NAME_BYTES = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final byte[] block = new byte[TarHeader.BYTES];
    private long unread;
    private int padding;

    /// @throws IOException when `file` cannot be opened
    TarReader(Path file) throws IOException {
        this.file = file;
        try {
            this.in = Gunzip.open(file);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    /// The next file's header, or null after the last. Other entries are skipped.
    ///
    /// @throws BadFileException when the archive is damaged, or claims too large a size
    @Nullable
    TarHeader next() throws IOException {
        try {
            return walk();
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    /// The content of the file whose header was read last.
    ///
    /// @throws BadFileException when the archive is damaged
    byte[] content() throws IOException {
        try {
            return take((int) unread);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable TarHeader walk() throws IOException {
        String name = null;
        long size = -1;
        while (true) {
            in.skipNBytes(unread + padding);
            unread = 0;
            padding = 0;
            if (in.readNBytes(block, 0, block.length) < block.length) {
                throw new EOFException();
            }
            if (TarHeader.isEnd(block)) {
                return null;
            }
            var header = header();
            expect(size < 0 ? header.size() : size);
            switch (header.type()) {
                case 'L' -> name = text().replaceAll("\0+$", "");
                case 'x' -> {
                    var fields = new PaxFields(text());
                    name = fields.path() == null ? name : fields.path();
                    size = fields.size();
                }
                default -> {
                    var whole = new TarHeader(name == null ? header.name() : name, unread, header.type());
                    if (whole.isFile()) {
                        requireAtMost(MAX_ENTRY_BYTES, whole.name());
                        Gunzip.requirePossible(file, unread, OneLine.of(whole.name()));
                        return whole;
                    }
                    name = null;
                    size = -1;
                }
            }
        }
    }

    private TarHeader header() throws BadFileException {
        try {
            return TarHeader.read(block);
        } catch (BadValueException problem) {
            throw new BadFileException(file, problem.getMessage() + "; get it again", problem);
        }
    }

    private void expect(long size) {
        unread = size;
        padding = (int) (-size & (TarHeader.BYTES - 1));
    }

    private String text() throws IOException {
        requireAtMost(MAX_NAME_BYTES, "a long name");
        return new String(take((int) unread), StandardCharsets.UTF_8);
    }

    private void requireAtMost(int limit, String entry) throws BadFileException {
        if (unread > limit) {
            throw new BadFileException(
                    file,
                    OneLine.of(entry) + " claims " + unread + " bytes, above the limit of " + limit
                            + "; leave it out of the archive");
        }
    }

    private byte[] take(int length) throws IOException {
        // Memory grows with the actual content, not with the claimed size.
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        unread = 0;
        return bytes;
    }

    private BadFileException damaged(IOException cause) {
        var problem = cause instanceof EOFException ? "is cut short" : "is damaged";
        return new BadFileException(file, problem + "; get the archive again", cause);
    }
}
