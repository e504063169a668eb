package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Timeouts and retries of a download.
///
/// @param connecting timeout for a connection
/// @param silence timeout for the next bytes
/// @param attempts in total
/// @param pause before the second attempt; it doubles before each further one
public record Patience(Duration connecting, Duration silence, int attempts, Duration pause) {
    /// The defaults; the last attempt comes half a minute after the first failure.
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), 6, Duration.ofSeconds(1));

    /// Waits for the result of `task`, or throws its failure.
    ///
    /// @throws SilenceException if there is no result in time
    /// @throws RuntimeException if that is its failure
    <T> T await(Future<T> task) throws IOException {
        try {
            return task.get(silence.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new SilenceException("nothing came for " + seconds(silence), e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IOException(e.getCause());
            }
        } catch (InterruptedException e) {
            task.cancel(true);
            throw interrupted(e);
        }
    }

    void rest(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// A duration as text: `30 s`.
    public static String seconds(Duration time) {
        return String.valueOf(time.toMillis() / 1000.0).replaceAll("\\.0$", "") + " s";
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("the download was interrupted").initCause(cause);
    }

    /// The other side did not send anything in time.
    static final class SilenceException extends IOException {
        private static final long serialVersionUID = 1;

        private final String problem;

        SilenceException(String problem, Throwable cause) {
            super(problem, cause);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }
}
