package org.mobilenet4j.model.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A file that is being written while the process may be asked to end (SIGTERM, Ctrl-C): the process lives until it is
/// whole, some seconds at most, and leaves none that is not.
final class UnfinishedFile implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /// @param file that does not exist when it is done
    UnfinishedFile(Path file) {
        hook = Thread.ofPlatform().unstarted(() -> leaveNothing(file));
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already; whoever writes now has somebody who waits.
        }
    }

    private void leaveNothing(Path file) {
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Files.deleteIfExists(file);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // The next write there deletes it.
        }
    }

    /// Says that the file is done.
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It runs already.
        }
    }
}
