package org.mobilenet4j.formats;

import java.io.IOException;
import java.nio.file.Path;

/// An ONNX file that cannot be read; the message is one line: which file, what is wrong, what to do.
public final class OnnxFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Longest text after the file's name: names inside a hostile file may be megabytes long.
    private static final int MAX_LENGTH = 400;

    OnnxFormatException(Path file, String problem) {
        super(file + ": " + oneLine(problem));
    }

    OnnxFormatException(Path file, String problem, Exception cause) {
        super(file + ": " + oneLine(problem), cause);
    }

    /// What a file says may hold line breaks and terminal escapes; a message may not.
    private static String oneLine(String text) {
        var line = text.substring(0, Math.min(text.length(), MAX_LENGTH)).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return text.length() > MAX_LENGTH ? line + "..." : line;
    }
}
