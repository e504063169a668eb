package org.mobilenet4j.app.cli.text;

/// Makes text from a file or an argument, which may contain line breaks and escape sequences, safe for a terminal.
public final class PlainText {
    private PlainText() {}

    /// `text` on one line, with a `?` for each control character.
    public static String of(String text) {
        var plain = new StringBuilder();
        text.strip()
                .replaceAll("\\s*\\R\\s*", " ")
                .codePoints()
                .map(c -> acts(c) ? '?' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean acts(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
