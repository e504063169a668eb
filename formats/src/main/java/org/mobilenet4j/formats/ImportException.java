package org.mobilenet4j.formats;

import java.io.IOException;
import java.nio.file.Path;

/// A model of another program that cannot be read; the message is one line: which file, what is wrong,
/// what to do.
public final class ImportException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Longest text after the file's name: names inside a hostile file may be megabytes long.
    private static final int MAX_LENGTH = 400;

    ImportException(Path file, String problem) {
        super(file + ": " + oneLine(problem));
    }

    ImportException(Path file, RuntimeException problem) {
        super(file + ": " + oneLine(String.valueOf(problem.getMessage())), problem);
    }

    /// What a file says may hold line breaks and terminal escapes; a message may not.
    private static String oneLine(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(line::appendCodePoint);
        return text.codePointCount(0, text.length()) > MAX_LENGTH ? line + "..." : line.toString();
    }
}
