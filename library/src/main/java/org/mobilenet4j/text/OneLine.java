package org.mobilenet4j.text;

/// What a message may quote of a file: one line of printable characters, not without end.
///
/// What a file says may hold line breaks, terminal escapes and marks that turn the direction of writing, and names
/// inside a hostile file may be megabytes long.
public final class OneLine {
    private static final int MAX_LENGTH = 400;

    private OneLine() {}

    /// `text` with a `?` for each character that is no part of a line, cut after 400 characters.
    public static String of(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).map(c -> isPrintable(c) ? c : '?').forEach(line::appendCodePoint);
        return text.codePointCount(0, text.length()) > MAX_LENGTH ? line + "..." : line.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
