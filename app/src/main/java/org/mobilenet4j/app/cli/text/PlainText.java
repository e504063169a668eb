package org.mobilenet4j.app.cli.text;

/// Text for a terminal out of what a file or an argument says, which may hold line breaks and escape sequences.
public final class PlainText {
    private PlainText() {}

    /// `text` on one line, a `?` for each character that a terminal would act on.
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
