package org.mobilenet4j.data;

import java.io.IOException;
import java.io.Serial;

/// Data that nothing can be trained on. The message is one line: what is wrong, where, and what to do.
public final class DataSetException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message one line
    public DataSetException(String message) {
        super(message);
    }

    /// @param message one line
    /// @param cause what led to it
    public DataSetException(String message, Throwable cause) {
        super(message, cause);
    }
}
