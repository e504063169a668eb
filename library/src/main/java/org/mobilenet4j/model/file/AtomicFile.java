package org.mobilenet4j.model.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/// Writes files atomically: under a temporary name beside the target, then renamed over it. Readers that have the old
/// file open or mapped keep it. A process that is asked to end first ends the write; what a killed one left is deleted
/// by the next write there.
public final class AtomicFile {
    private static final String TEMPORARY = ".mobilenet4j-*.tmp";

    /// So young a file may not be locked yet.
    private static final long YOUNG_MILLIS = 5_000;

    private AtomicFile() {}

    /// The content of the file.
    public interface Content {
        /// Writes the whole content to an empty file.
        void writeTo(FileChannel channel) throws IOException;
    }

    /// Writes `content` to `file`, or to what `file` links to.
    ///
    /// @throws IOException with one line that names the file; an old file is then untouched
    public static void write(Path file, Content content) throws IOException {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(content, "content");
        var target = target(file);
        var suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var temporary = target.resolveSibling(TEMPORARY.replace("*", suffix));
        sweep(target.resolveSibling(""));
        // The lock, which ends with the process, tells others that somebody still writes.
        try (var _ = new UnfinishedFile(temporary);
                var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            isLocked(channel);
            content.writeTo(channel);
            // Without this a power cut soon after the rename could leave an empty file under the right name.
            channel.force(true);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            var named = new FileSystemException(file.toString(), null, "cannot be written: " + reason(e));
            named.initCause(e);
            throw named;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Deletes what killed processes left in `folder`.
    private static void sweep(Path folder) {
        try (var left = Files.newDirectoryStream(folder, TEMPORARY)) {
            for (var file : left) {
                boolean isYoung = System.currentTimeMillis()
                                - Files.getLastModifiedTime(file).toMillis()
                        < YOUNG_MILLIS;
                if (!isYoung && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isAbandoned(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // It takes room, and harms nothing else.
        }
    }

    private static boolean isAbandoned(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return isLocked(channel);
        }
    }

    /// Locks `channel` until it is closed; false if another has it locked, or the file system has no locks.
    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException _) {
            return false;
        }
    }

    /// A file system exception without a reason has no message but the temporary file's name.
    private static String reason(IOException e) {
        return e instanceof FileSystemException refused
                ? Objects.requireNonNullElse(refused.getReason(), "no file can be created in its directory")
                : Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private static Path target(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(
                    file.toString(), null, "cannot be written: it is not a file; give the name of a file");
        }
        var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (!Files.isDirectory(target.resolveSibling(""))) {
            throw new NoSuchFileException(
                    file.toString(), null, "cannot be written: its directory does not exist; create it first");
        }
        return target;
    }
}
