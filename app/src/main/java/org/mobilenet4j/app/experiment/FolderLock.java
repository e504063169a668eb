package org.mobilenet4j.app.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps other processes from training the same runs; the system gives it back if this one dies.
///
/// @param channel that holds it
record FolderLock(FileChannel channel) implements AutoCloseable {
    /// Makes the folder where there is none.
    ///
    /// @throws IOException when another has the lock, or the folder cannot be written to
    static FolderLock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException(folder + ": another mobilenet experiment is at work in this folder; wait until it is"
                    + " done, or take another --out");
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
