package org.mobilenet4j.error;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.text.OneLine;

/// A file cannot be used. The message is one line: which file, what is wrong with it, and what to do.
public final class BadFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param file which file
    /// @param problem what is wrong with it and what to do, in one line
    public BadFileException(Path file, String problem) {
        this(file.toString(), problem);
    }

    /// @param file which file, as messages call it
    /// @param problem what is wrong with it and what to do, in one line
    public BadFileException(String file, String problem) {
        super(file + ": " + OneLine.of(problem));
    }

    /// @param file which file
    /// @param problem what is wrong with it and what to do, in one line
    /// @param cause what led to it
    public BadFileException(Path file, String problem, Throwable cause) {
        this(file.toString(), problem, cause);
    }

    /// @param file which file, as messages call it
    /// @param problem what is wrong with it and what to do, in one line
    /// @param cause what led to it
    public BadFileException(String file, String problem, Throwable cause) {
        super(file + ": " + OneLine.of(problem), cause);
    }

    /// A value in `file` cannot be used.
    ///
    /// @param file which file
    /// @param value the problem; its message may quote the file
    public BadFileException(Path file, BadValueException value) {
        this(file, value.getMessage(), value);
    }
}
