package org.mobilenet4j.model;

import java.io.IOException;
import java.nio.file.Path;

/// A file is not what it should be. The message is one line for people: the file, what is wrong with it, what to do.
public final class ModelFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Longest text after the file's name: names inside a hostile file may be megabytes long.
    private static final int MAX_LENGTH = 400;

    ModelFormatException(Path file, String problem) {
        super(file + ": " + oneLine(problem));
    }

    ModelFormatException(Path file, RuntimeException problem) {
        super(file + ": " + oneLine(String.valueOf(problem.getMessage())), problem);
    }

    /// What a file says may hold line breaks and terminal escapes; a message may not.
    private static String oneLine(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).map(c -> isPrintable(c) ? c : '?').forEach(line::appendCodePoint);
        return text.codePointCount(0, text.length()) > MAX_LENGTH ? line + "..." : line.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
