package org.mobilenet4j.server.teach;

import java.util.Objects;

/// What a teaching session cannot do. The message is one line for people.
public final class TeachingException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why, for those who have to choose a status.
    public enum Reason {
        /// There is no such session, class or photo.
        MISSING,
        /// A limit of the session is reached.
        FULL,
        /// The server has as many sessions, or trainings, as it takes.
        BUSY,
        /// What was asked makes no sense now.
        NOT_YET,
        /// A name or a format is not possible.
        BAD
    }

    private final Reason reason;

    /// @param message one line: what is wrong and what to do
    public TeachingException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /// Why.
    public Reason reason() {
        return reason;
    }
}
