package org.mobilenet4j.formats.graph;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.text.OneLine;

/// A model of another program that cannot be read; the message is one line: which file, what is wrong,
/// what to do.
public final class ImportException extends IOException {
    private static final long serialVersionUID = 1L;

    public ImportException(Path file, String problem) {
        super(file + ": " + OneLine.of(problem));
    }

    public ImportException(Path file, RuntimeException problem) {
        super(file + ": " + OneLine.of(String.valueOf(problem.getMessage())), problem);
    }
}
