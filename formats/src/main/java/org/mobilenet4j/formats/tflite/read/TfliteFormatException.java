package org.mobilenet4j.formats.tflite.read;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.text.OneLine;

/// A TFLite file that cannot be read; the message is one line: which file, what is wrong, what to do.
public final class TfliteFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    TfliteFormatException(Path file, String problem) {
        super(file + ": " + OneLine.of(problem));
    }

    TfliteFormatException(Path file, String problem, Exception cause) {
        super(file + ": " + OneLine.of(problem), cause);
    }
}
