package org.mobilenet4j.app.cli.text;

import org.jspecify.annotations.Nullable;

/// The terminal that a standard stream goes to, if it does: Java cannot tell, so the launcher says so in system
/// properties.
public enum Terminal {
    OUT("mobilenet4j.terminal.out"),
    ERR("mobilenet4j.terminal");

    /// Escape sequences, of which few terminals lack any.
    public enum Color {
        GREEN("\u001b[32m"),
        CYAN("\u001b[36m"),
        RED("\u001b[1;31m");

        private final String begin;

        Color(String begin) {
            this.begin = begin;
        }
    }

    private static final String END = "\u001b[0m";
    private static final int NARROWEST = 40;
    private static final int WIDEST = 500;

    private final String property;

    Terminal(String property) {
        this.property = property;
    }

    /// Whether the stream goes to a terminal.
    public boolean isThere() {
        return Boolean.getBoolean(property);
    }

    /// `text` in that color, or as it is where there is no terminal, or it has no colors, or `NO_COLOR` is set.
    public String colored(Color color, String text) {
        return hasColors() && !text.isEmpty() ? color.begin + text + END : text;
    }

    /// Whether colors are shown and wanted (no-color.org).
    public boolean hasColors() {
        var unwanted = System.getenv("NO_COLOR");
        return isThere() && (unwanted == null || unwanted.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /// Columns of the terminal as the launcher measured them, else of `COLUMNS`, else `otherwise`; 40 to 500.
    public static int columns(int otherwise) {
        int columns = Integer.getInteger("mobilenet4j.columns", 0);
        if (columns <= 0) {
            columns = number(System.getenv("COLUMNS"));
        }
        return columns <= 0 ? otherwise : Math.clamp(columns, NARROWEST, WIDEST);
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
