package org.mobilenet4j.train;

import java.io.IOException;
import java.io.Serial;

/// A training that cannot go on. The message is one line: what is wrong, where, and what to do.
public final class TrainingException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message one line
    public TrainingException(String message) {
        super(message);
    }
}
