package org.mobilenet4j.app.cli.text;

/// Wraps sentences for a terminal.
public final class LongText {
    private static final int LINE = 100;

    private LongText() {}

    /// Wraps `text`, the first line after `start` and the others indented as far as `start` is.
    public static String wrapped(String start, String text) {
        var indent = " ".repeat(start.length() - start.stripLeading().length() + (start.isBlank() ? 0 : 2));
        var lines = new StringBuilder();
        var line = new StringBuilder(start);
        for (var word : text.split(" ", -1)) {
            if (line.length() + word.length() > LINE) {
                lines.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                line.append(indent);
            }
            line.append(word).append(' ');
        }
        return lines.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
