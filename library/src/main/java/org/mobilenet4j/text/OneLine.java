package org.mobilenet4j.text;

/// Makes untrusted text safe to quote in a message: one line of printable characters, limited in length.
///
/// Text from a file may contain line breaks, terminal escapes and bidirectional control characters, and names in a
/// hostile file may be megabytes long.
public final class OneLine {
    private static final int MAX_LENGTH = 400;

    private OneLine() {}

    /// `text` with unprintable characters replaced by `?`, cut after 400 characters.
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
