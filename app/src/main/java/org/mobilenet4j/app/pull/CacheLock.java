package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// Keeps other processes from writing into the cache at the same time; the system gives it back if this one dies.
final class CacheLock implements AutoCloseable {
    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes the cache's folder where there is none.
    ///
    /// @throws IOException when another has the lock, or the folder cannot be written to
    static CacheLock take(ModelCache cache) throws IOException {
        Files.createDirectories(cache.folder());
        var channel =
                FileChannel.open(cache.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException(
                    cache.folder() + ": another mobilenet pull is writing to this cache; wait until it is done");
        }
        return new CacheLock(channel);
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
