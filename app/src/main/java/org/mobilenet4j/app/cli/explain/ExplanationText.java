package org.mobilenet4j.app.cli.explain;

import java.util.Locale;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.explain.ActivationMap;
import org.mobilenet4j.explain.Explanation;

/// Formats an explanation for a terminal: the class, and the map as shades.
final class ExplanationText {
    private static final String SHADES = " \u2591\u2592\u2593\u2588";
    private static final String LETTERS = " .:+#";

    /// Rows of a map that is drawn; larger ones are scaled.
    private static final int MOST = 14;

    private ExplanationText() {}

    /// @param hasBlocks whether the terminal can show shades
    static String of(String file, Explanation explanation, double millis, boolean hasBlocks) {
        var peak = explanation.map().peak();
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s (%.1f ms)%n  %s, %.1f %%, seen most around y %.0f, x %.0f%n",
                PlainText.of(file),
                millis,
                PlainText.of(explanation.label()),
                100 * explanation.probability(),
                peak.y(),
                peak.x()));
        var map = explanation.map();
        int rows = Math.min(MOST, map.height());
        draw(map.resizedTo(rows, Math.min(2 * MOST, map.width())), hasBlocks ? SHADES : LETTERS, text);
        return text.toString();
    }

    private static void draw(ActivationMap map, String shades, StringBuilder text) {
        var values = map.values();
        float most = Float.MIN_NORMAL;
        for (float value : values) {
            most = Math.max(most, value);
        }
        for (int row = 0; row < map.height(); row++) {
            text.append("  |");
            for (int column = 0; column < map.width(); column++) {
                double share = Math.max(0, values[row * map.width() + column]) / most;
                int shade = (int) Math.round(share * (shades.length() - 1));
                text.append(shades.charAt(shade)).append(shades.charAt(shade)); // characters are twice as high as wide
            }
            text.append(String.format("|%n"));
        }
    }
}
