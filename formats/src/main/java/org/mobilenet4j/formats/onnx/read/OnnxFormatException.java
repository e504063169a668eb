package org.mobilenet4j.formats.onnx.read;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.text.OneLine;

/// An ONNX file that cannot be read; the message is one line: which file, what is wrong, what to do.
public final class OnnxFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    OnnxFormatException(Path file, String problem) {
        super(file + ": " + OneLine.of(problem));
    }

    OnnxFormatException(Path file, String problem, Exception cause) {
        super(file + ": " + OneLine.of(problem), cause);
    }
}
