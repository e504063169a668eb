package org.mobilenet4j.app.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps other processes from writing to the same folder. The system releases the lock if this process dies.
///
/// @param channel that holds the lock
public record FolderLock(FileChannel channel) implements AutoCloseable {
    /// Locks the folder, and creates it if needed.
    ///
    /// @param refusal message after the folder's name if another process has the lock
    /// @throws IOException if another process has the lock, or the folder cannot be written to
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
            return channel.tryLock() != null; // released with the channel
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
