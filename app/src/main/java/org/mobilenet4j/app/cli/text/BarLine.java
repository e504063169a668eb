package org.mobilenet4j.app.cli.text;

import java.util.Locale;

/// A line that shows how far something is: `epoch 1/30  42 % |████      |  210/500, 3 min 2 s left, loss 2.1`.
///
/// @param task what is being done
/// @param done steps, or bytes
/// @param total the same in all, or negative where that is not known; there is no bar then
/// @param isBytes whether they are bytes
/// @param said what else is to be known, parts separated by commas, the most important first
record BarLine(String task, long done, long total, boolean isBytes, String said) {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 50;
    private static final double MEBI = 1 << 20;

    /// The line, at most `width` characters long: parts at the end are left out until the bar has room, and the bar
    /// takes
    /// what room there is.
    ///
    /// @param blocks whether Unicode block characters can be written
    String text(int width, boolean blocks, Terminal terminal) {
        double share = total > 0 ? Math.min(1, (double) done / total) : 0;
        var head = total > 0 ? String.format(Locale.ROOT, "%s %3.0f %% ", task, Math.floor(100 * share)) : task + " ";
        var tail = " " + count() + (said.isEmpty() ? "" : ", " + said);
        int least = total > 0 ? SHORTEST + 2 : 0;
        while (head.length() + least + tail.length() > width && tail.contains(",")) {
            tail = tail.substring(0, tail.lastIndexOf(','));
        }
        int room = Math.min(LONGEST, width - head.length() - tail.length() - 2);
        if (total <= 0 || room < 1) {
            var line = head.stripTrailing() + tail;
            return line.substring(0, Math.min(width, line.length()));
        }
        var bar = Bar.of(share, room, blocks);
        return head + "|" + terminal.colored(Terminal.Color.CYAN, bar) + " ".repeat(room - bar.length()) + "|" + tail;
    }

    private String count() {
        if (isBytes) {
            var all = total > 0 ? String.format(Locale.ROOT, " of %.1f", total / MEBI) : "";
            return String.format(Locale.ROOT, "%.1f%s MiB", done / MEBI, all);
        }
        return done + (total > 0 ? "/" + total : "");
    }
}
