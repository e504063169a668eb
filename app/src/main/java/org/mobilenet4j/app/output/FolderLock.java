package org.mobilenet4j.app.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps other processes from writing to the same folder; the system gives it back if this one dies.
///
/// @param channel that holds it
public record FolderLock(FileChannel channel) implements AutoCloseable {
    /// Makes the folder where there is none.
    ///
    /// @param refusal what to say where another has the lock, after the folder's name
    /// @throws IOException when another has the lock, or the folder cannot be written to
    public static FolderLock take(Path folder, String refusal) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException(folder + ": " + refusal);
        }
        return new FolderLock(channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null; // given back with the channel
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
