package org.mobilenet4j.app.cli.text;

/// A duration in words, as precise as is useful.
public final class Duration {
    private Duration() {}

    /// For example `2 h 5 min`, `5 min 3 s` or `3 s`.
    public static String of(double seconds) {
        long whole = Math.round(seconds);
        if (whole >= 3600) {
            return whole / 3600 + " h " + whole % 3600 / 60 + " min";
        }
        return whole >= 60 ? whole / 60 + " min " + whole % 60 + " s" : whole + " s";
    }
}
