package org.mobilenet4j.app;

/// A bar of characters.
final class Bar {
    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

    private Bar() {}

    /// A bar of `share` of `width` characters.
    ///
    /// @param blocks whether Unicode's block characters can be written, with which it is exact to an eighth
    static String of(double share, int width, boolean blocks) {
        if (!blocks) {
            return "#".repeat((int) Math.round(share * width));
        }
        int eighths = (int) Math.round(share * width * 8);
        var whole = "█".repeat(eighths / 8);
        return eighths % 8 == 0 ? whole : whole + EIGHTHS.charAt(eighths % 8 - 1);
    }
}
