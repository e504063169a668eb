package org.mobilenet4j.app.cli.text;

/// Progress of a long command on standard error: a bar on a terminal, drawn over and over on one line and erased in the
/// end, and elsewhere a line a minute. Any thread may call it.
public final class Progress implements AutoCloseable {
    private static final long LINE_NANOS = 60_000_000_000L;
    private static final long DRAW_NANOS = 100_000_000L;
    private static final int COLUMNS = 80;

    /// A terminal that has become narrower cuts the line instead of breaking it; one that is wider has nothing behind
    /// it.
    private static final String BEGIN = "\r\u001b[?7l";
    private static final String END = "\u001b[K\u001b[?7h";
    private static final String ERASE = "\r\u001b[K";

    private final boolean isBar = Terminal.ERR.isThere() && !"dumb".equals(System.getenv("TERM"));
    private final ProgressLines lines;
    private BarLine line;
    private long drawn;

    private Progress(BarLine line) {
        this.line = line;
        this.lines = new ProgressLines(line.task(), line.total(), LINE_NANOS);
        draw(true);
    }

    /// A bar of a given number of steps.
    public static Progress of(String task, int total) {
        return new Progress(new BarLine(task, 0, total, false, ""));
    }

    /// A bar that counts downloaded bytes.
    public static Progress ofBytes(String task) {
        return new Progress(new BarLine(task, 0, -1, true, ""));
    }

    /// Shows what is being done now, or what is known of it: parts separated by commas, of which a narrow terminal
    /// shows
    /// the first.
    public synchronized void say(String what) {
        line = new BarLine(line.task(), line.done(), line.total(), line.isBytes(), what);
        draw(false);
        lines.say(what);
    }

    /// Advances by one step.
    public synchronized void step() {
        move(line.done() + 1, line.total());
        if (!isBar) {
            lines.step(System.err);
        }
    }

    /// Shows how many of `total` are done; `total` is negative while unknown.
    public synchronized void moveTo(long done, long total) {
        move(done, total);
        if (!isBar && !line.isBytes()) {
            lines.moveTo(done, System.err);
        }
    }

    private void move(long done, long total) {
        line = new BarLine(line.task(), done, total, line.isBytes(), line.said());
        draw(done == total);
    }

    /// Draws, if it is time to.
    private void draw(boolean isNow) {
        long now = System.nanoTime();
        if (isBar && (isNow || now - drawn >= DRAW_NANOS)) {
            drawn = now;
            var text = line.text(Terminal.columns(COLUMNS) - 1, Encoding.hasBlocks("stderr"), Terminal.ERR);
            System.err.print(BEGIN + text + END);
            System.err.flush();
        }
    }

    /// Erases the bar.
    @Override
    public synchronized void close() {
        if (isBar) {
            System.err.print(ERASE);
            System.err.flush();
        }
    }
}
