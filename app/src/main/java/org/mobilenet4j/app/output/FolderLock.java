package org.mobilenet4j.app.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Keeps other processes from writing to the same folder or file. The system releases the lock if this process dies.
///
/// @param channel that holds the lock
/// @param file to be deleted at the end, if any
public record FolderLock(FileChannel channel, Optional<Path> file) implements AutoCloseable {
    /// Locks the folder, and creates it if needed.
    ///
    /// @param refusal message after the folder's name if another process has the lock
    /// @throws IOException if another process has the lock, or the folder cannot be written to
    public static FolderLock take(Path folder, String refusal) throws IOException {
        Files.createDirectories(folder);
        return new FolderLock(lock(folder.resolve("lock"), folder + ": " + refusal), Optional.empty());
    }

    /// Locks `file`, which need not exist, by a hidden one beside it.
    ///
    /// @param refusal message after the file's name if another process has the lock
    /// @throws IOException if another process has the lock, or the folder cannot be written to
    public static FolderLock takeFile(Path file, String refusal) throws IOException {
        var beside = file.resolveSibling("." + file.getFileName() + ".lock");
        return new FolderLock(lock(beside, file + ": " + refusal), Optional.of(beside));
    }

    private static FileChannel lock(Path file, String refusal) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException(refusal);
        }
        return channel;
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
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
        channel.close();
    }
}
