package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;

/// The content of compressed archives, unpacked once: in memory up to a budget, and beyond it in a scratch file in
/// the folder for temporary files (`java.io.tmpdir`).
///
/// The file has no name from the start where the system allows that (Unix), else it goes with the process; either way
/// a killed process leaves nothing behind. Written by one thread, then read by any number.
final class Scratch implements Source {
    /// The memory that unpacked photos may take, in bytes: 64 MiB, or an eighth of a smaller heap.
    static final int MEMORY_BYTES =
            (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final int budget;
    private byte[] memory = new byte[0];
    private int used;
    private @Nullable FileChannel file;
    private long fileBytes;

    Scratch(int budget) {
        this.budget = budget;
    }

    /// Keeps `content`, and returns where it begins.
    ///
    /// @throws BadFileException when there is no room in the folder for temporary files
    long add(byte[] content) throws IOException {
        if (file == null && content.length <= budget - used) {
            if (used + content.length > memory.length) {
                memory = Arrays.copyOf(memory, (int) Math.min(budget, 2L * (used + content.length)));
            }
            System.arraycopy(content, 0, memory, used, content.length);
            used += content.length;
            return (long) used - content.length;
        }
        var folder = Path.of(System.getProperty("java.io.tmpdir", "."));
        try {
            append(folder, content);
        } catch (IOException e) {
            throw new BadFileException(
                    folder,
                    "has no room for unpacked photos (" + e.getMessage()
                            + "); name another folder by -Djava.io.tmpdir=FOLDER, or unpack the archives",
                    e);
        }
        return used + fileBytes - content.length;
    }

    private void append(Path folder, byte[] content) throws IOException {
        var channel = file;
        if (channel == null) {
            channel = FileChannel.open(
                    Files.createTempFile(folder, "mobilenet4j-", ".photos"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            file = channel;
        }
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            fileBytes += channel.write(bytes, fileBytes);
        }
    }

    @Override
    public byte[] read(String entry, long at, int length) throws IOException {
        var channel = file;
        if (at + length <= used || channel == null) {
            return Arrays.copyOfRange(memory, (int) at, (int) at + length);
        }
        var bytes = ByteBuffer.allocate(length);
        TarSource.readFully(channel, bytes, at - used);
        return bytes.array();
    }
}
