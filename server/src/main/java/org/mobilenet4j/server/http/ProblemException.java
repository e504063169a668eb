package org.mobilenet4j.server.http;

import io.helidon.http.Status;

/// A request that is answered with a problem; the message says what is wrong and what to do, in one
/// line.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final int retrySeconds;

    /// @param status of the answer
    /// @param detail one line
    public ProblemException(Status status, String detail) {
        this(status, detail, 0);
    }

    /// @param retrySeconds when to try again, or 0 for never
    ProblemException(Status status, String detail, int retrySeconds) {
        super(detail);
        this.status = status;
        this.retrySeconds = retrySeconds;
    }

    /// Of the answer.
    public Status status() {
        return status;
    }

    /// When to try again, in seconds; 0 for never.
    public int retrySeconds() {
        return retrySeconds;
    }
}
