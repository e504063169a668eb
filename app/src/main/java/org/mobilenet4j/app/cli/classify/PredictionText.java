package org.mobilenet4j.app.cli.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.app.cli.options.ArithmeticOption;
import org.mobilenet4j.app.cli.text.Bar;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.text.Terminal;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.infer.Plan;

/// Formats a photo's predictions for a terminal, with a bar for each.
final class PredictionText {
    /// Length of the bar for probability 1, in characters.
    private static final int WIDTH = 24;

    private PredictionText() {}

    /// What a reader of the probabilities has to know of the model, in parentheses.
    static List<String> remarks(Plan plan) {
        var remarks = new ArrayList<String>();
        switch (plan.model().outputs()) {
            case LOGITS -> remarks.add("softmax of the network's logits");
            case ONE_LOGIT -> remarks.add("sigmoid of the network's only output");
            case SIGMOIDS -> remarks.add("labels are independent of each other");
            case PROBABILITIES, ONE_SIGMOID, DETECTIONS, FEATURES -> {}
        }
        if (plan.model().quantization().isPresent()) {
            remarks.add(ArithmeticOption.of(plan) + " arithmetic");
        }
        return remarks.stream().map(remark -> "(" + remark + ")").toList();
    }

    static String of(ClassifiedImage image, boolean blocks, double minScore) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s (%.1f ms)%n",
                PlainText.of(image.file()),
                Objects.requireNonNullElse(image.millis(), 0.0)));
        var predictions = Objects.requireNonNullElse(image.predictions(), List.<Prediction>of());
        if (predictions.isEmpty()) {
            text.append(String.format(Locale.ROOT, "  no class has %.1f %% or more%n", 100 * minScore));
        }
        for (var prediction : predictions) {
            var bar = Bar.of(prediction.probability(), WIDTH, blocks);
            text.append(String.format(
                    Locale.ROOT,
                    "  %5.1f %%  %s%s  %s%n",
                    prediction.probability() * 100,
                    Terminal.OUT.colored(Terminal.Color.GREEN, bar),
                    " ".repeat(WIDTH - bar.length()),
                    PlainText.of(prediction.label())));
        }
        return text.toString();
    }
}
