package org.mobilenet4j.app.cli.text;

/// Wraps sentences for a terminal.
public final class LongText {
    /// Longer lines are hard to read.
    private static final int LINE = 100;

    private LongText() {}

    /// Wraps `text`, the first line after `start` and the others indented as far as `start` is.
    public static String wrapped(String start, String text) {
        int indent = start.length() - start.stripLeading().length() + (start.isBlank() ? 0 : 2);
        return wrapped(start, text, indent, Math.min(LINE, Terminal.columns(LINE)), "");
    }

    /// Wraps `text` where the terminal ends, each further line indented as far as `start` is long; one line elsewhere,
    /// as
    /// programs read it.
    public static String fitted(String start, String text) {
        return Terminal.OUT.isThere()
                ? wrapped(start, text, start.length(), Terminal.columns(Integer.MAX_VALUE), "")
                : start + text + "\n";
    }

    /// Wraps `text` to lines of `width` characters, the first after `start` and the others indented.
    ///
    /// @param end what each line but the last ends with
    public static String wrapped(String start, String text, int indent, int width, String end) {
        var lines = new StringBuilder();
        var line = new StringBuilder(start);
        boolean isEmpty = true;
        for (var word : text.split(" ", -1)) {
            if (!isEmpty && line.length() + word.length() + end.length() > width) {
                lines.append(line.toString().stripTrailing()).append(end).append('\n');
                line.setLength(0);
                line.repeat(' ', indent);
            }
            line.append(word).append(' ');
            isEmpty = false;
        }
        return lines.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
