package org.mobilenet4j.app.cli.text;

/// A bar made of characters.
public final class Bar {
    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

    private Bar() {}

    /// A bar that fills `share` of `width` characters.
    ///
    /// @param share from 0 to 1; values outside, such as logits, give an empty or a full bar
    /// @param blocks whether Unicode block characters can be written, which make it exact to an eighth
    public static String of(double share, int width, boolean blocks) {
        double shown = Math.clamp(Double.isNaN(share) ? 0 : share, 0.0, 1.0);
        if (!blocks) {
            return "#".repeat((int) Math.round(shown * width));
        }
        int eighths = (int) Math.round(shown * width * 8);
        var whole = "█".repeat(eighths / 8);
        return eighths % 8 == 0 ? whole : whole + EIGHTHS.charAt(eighths % 8 - 1);
    }
}
