package org.mobilenet4j.app.cli.classify;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.app.cli.text.Bar;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.infer.Prediction;

/// Formats a photo's predictions for a terminal, with a bar for each.
final class PredictionText {
    /// Length of the bar for probability 1, in characters.
    private static final int WIDTH = 24;

    private PredictionText() {}

    static String of(ClassifiedImage image, boolean blocks) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s (%.1f ms)%n",
                PlainText.of(image.file()),
                Objects.requireNonNullElse(image.millis(), 0.0)));
        for (var prediction : Objects.requireNonNullElse(image.predictions(), List.<Prediction>of())) {
            var bar = Bar.of(prediction.probability(), WIDTH, blocks);
            text.append(String.format(
                    Locale.ROOT,
                    "  %5.1f %%  %-" + WIDTH + "s  %s%n",
                    prediction.probability() * 100,
                    bar,
                    PlainText.of(prediction.label())));
        }
        return text.toString();
    }
}
