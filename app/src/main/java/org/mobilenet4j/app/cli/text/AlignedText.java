package org.mobilenet4j.app.cli.text;

import java.util.ArrayList;
import java.util.List;

/// A table for a terminal: columns as wide as their widest cell, with rules below the heading and above the totals. A
/// terminal that is too narrow gets the columns that tell most.
public final class AlignedText {
    private static final String GAP = "  ";
    private static final int LEFT_OUT = -1;

    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param alignment one letter per column: `l` for left-aligned, `r` for right-aligned, as capitals where a narrow
    ///     terminal does without the column, the last ones first
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
        return text(Terminal.OUT.isThere() ? Terminal.columns(Integer.MAX_VALUE) : Integer.MAX_VALUE);
    }

    /// The table in lines of `room` characters, if that can be.
    String text(int room) {
        var widths = new int[alignment.length()];
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        leaveOut(widths, room);
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] == LEFT_OUT) {
                    continue;
                }
                line.append(i == 0 ? "" : GAP);
                if (row.isEmpty()) {
                    line.repeat('-', widths[i]);
                } else {
                    int space = widths[i] - row.get(i).length();
                    boolean right = Character.toLowerCase(alignment.charAt(i)) == 'r';
                    line.repeat(' ', right ? space : 0).append(row.get(i)).repeat(' ', right ? 0 : space);
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private void leaveOut(int[] widths, int room) {
        int width = -GAP.length();
        for (int each : widths) {
            width += each + GAP.length();
        }
        for (int i = widths.length - 1; i >= 0 && width > room; i--) {
            if (Character.isUpperCase(alignment.charAt(i))) {
                width -= widths[i] + GAP.length();
                widths[i] = LEFT_OUT;
            }
        }
    }
}
