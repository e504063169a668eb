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
    private static final int MAX_NAME_BYTES = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final boolean compressed;
    private final byte[] block = new byte[TarHeader.BYTES];
    /// Bytes of the archive before the unread content.
    private long position;
    private long unread;
    private int padding;

    /// @throws IOException when `file` cannot be opened
    TarReader(Path file) throws IOException {
        this.file = file;
        try {
            this.compressed = Gunzip.isGzipped(file);
            this.in = Gunzip.open(file);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    /// Whether the archive is compressed, so that content cannot be read where it lies.
    boolean isCompressed() {
        return compressed;
    }

    /// The next file and where it lies in the archive, or null after the last. Other entries are skipped.
    ///
    /// @throws BadFileException when the archive is damaged, or claims too large a size
    @Nullable
    ArchiveEntry next() throws IOException {
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

    private @Nullable ArchiveEntry walk() throws IOException {
        String name = null;
        long size = -1;
        while (true) {
            in.skipNBytes(unread + padding);
            position += unread + padding + TarHeader.BYTES;
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
                        ArchiveIndex.requireAtMost(file, whole.name(), unread);
                        Gunzip.requirePossible(file, unread, OneLine.of(whole.name()));
                        return new ArchiveEntry(whole.name(), position, (int) unread);
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
        if (unread > MAX_NAME_BYTES) {
            throw new BadFileException(
                    file,
                    "a long name claims " + unread + " bytes, above the limit of " + MAX_NAME_BYTES
                            + "; leave it out of the archive");
        }
        return new String(take((int) unread), StandardCharsets.UTF_8);
    }

    private byte[] take(int length) throws IOException {
        // Memory grows with the actual content, not with the claimed size.
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        position += unread;
        unread = 0;
        return bytes;
    }

    private BadFileException damaged(IOException cause) {
        var problem = cause instanceof EOFException ? "is cut short" : "is damaged";
        return new BadFileException(file, problem + "; get the archive again", cause);
    }
}
