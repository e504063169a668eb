package org.mobilenet4j.data.shard;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.mobilenet4j.error.BadFileException;

/// A tar archive that is not compressed, read in place.
final class TarSource implements Source {
    private final Path file;
    private final long size;
    private final FileTime time;

    /// @param file the archive as it is now
    TarSource(Path file) throws IOException {
        this.file = file;
        this.size = Files.size(file);
        this.time = Files.getLastModifiedTime(file);
    }

    @Override
    public byte[] read(String entry, long at, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        // Opened anew each time, which takes microseconds, so that nothing has to be closed.
        try (var channel = FileChannel.open(file)) {
            readFully(channel, bytes, at);
        } catch (EOFException e) {
            throw new BadFileException(file, "has been cut short since it was indexed; get it again", e);
        }
        return bytes.array();
    }

    /// Fills `bytes` from position `at`.
    ///
    /// @throws EOFException when `channel` ends before
    static void readFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
    }

    @Override
    public void check() throws IOException {
        if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(time)) {
            throw new BadFileException(
                    file, "has changed since it was indexed; do not change an archive while it is in use");
        }
    }
}
