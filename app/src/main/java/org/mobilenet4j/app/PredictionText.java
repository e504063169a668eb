package org.mobilenet4j.app;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.infer.Prediction;

/// A photo's predictions for a terminal, a bar for each.
final class PredictionText {
    /// Characters of a bar for probability one.
    private static final int WIDTH = 24;

    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

    private PredictionText() {}

    static String of(ClassifiedImage image, boolean blocks) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s (%.1f ms)%n",
                PlainText.of(image.file()),
                Objects.requireNonNullElse(image.millis(), 0.0)));
        for (var prediction : Objects.requireNonNullElse(image.predictions(), List.<Prediction>of())) {
            var bar = bar(prediction.probability(), blocks);
            text.append(String.format(
                    Locale.ROOT,
                    "  %5.1f %%  %-" + WIDTH + "s  %s%n",
                    prediction.probability() * 100,
                    bar,
                    PlainText.of(prediction.label())));
        }
        return text.toString();
    }

    private static String bar(float probability, boolean blocks) {
        if (!blocks) {
            return "#".repeat(Math.round(probability * WIDTH));
        }
        int eighths = Math.round(probability * WIDTH * 8);
        var whole = "█".repeat(eighths / 8);
        return eighths % 8 == 0 ? whole : whole + EIGHTHS.charAt(eighths % 8 - 1);
    }
}
