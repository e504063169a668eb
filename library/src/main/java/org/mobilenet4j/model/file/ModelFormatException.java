package org.mobilenet4j.model.file;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.text.OneLine;

/// A file is not what it should be. The message is one line for people: the file, what is wrong with it, what to do.
public final class ModelFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    ModelFormatException(Path file, String problem) {
        super(file + ": " + OneLine.of(problem));
    }

    ModelFormatException(Path file, RuntimeException problem) {
        super(file + ": " + OneLine.of(String.valueOf(problem.getMessage())), problem);
    }
}
