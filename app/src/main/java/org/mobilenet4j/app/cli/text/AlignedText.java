package org.mobilenet4j.app.cli.text;

import java.util.ArrayList;
import java.util.List;

/// A table for a terminal: columns as wide as their widest cell, with rules below the heading and above the totals.
public final class AlignedText {
    private static final String GAP = "  ";

    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param alignment one letter per column: `l` for left-aligned, `r` for right-aligned
    public AlignedText(String alignment, String... heading) {
        this.alignment = alignment;
        row(heading);
        rule();
    }

    public void row(String... cells) {
        if (cells.length != alignment.length()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells in a table of " + alignment.length() + " columns");
        }
        rows.add(List.of(cells));
    }

    public void rule() {
        rows.add(List.of());
    }

    @Override
    public String toString() {
        var widths = new int[alignment.length()];
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(i == 0 ? "" : GAP);
                if (row.isEmpty()) {
                    line.repeat('-', widths[i]);
                } else {
                    int space = widths[i] - row.get(i).length();
                    boolean right = alignment.charAt(i) == 'r';
                    line.repeat(' ', right ? space : 0).append(row.get(i)).repeat(' ', right ? 0 : space);
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
