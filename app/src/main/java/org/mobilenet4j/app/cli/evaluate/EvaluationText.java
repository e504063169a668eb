package org.mobilenet4j.app.cli.evaluate;

import java.util.Locale;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats an evaluation for a terminal: a table of the classes, then the totals.
final class EvaluationText {
    private EvaluationText() {}

    static String of(Evaluation evaluation) {
        var table = new AlignedText("rlrrr", "index", "class", "images", "top-1", "top-5");
        for (var one : evaluation.classes()) {
            table.row(
                    String.valueOf(one.index()),
                    PlainText.of(one.label()),
                    String.valueOf(one.images()),
                    share(one.top1()),
                    share(one.top5()));
        }
        table.rule();
        table.row("", "all", String.valueOf(evaluation.images()), share(evaluation.top1()), share(evaluation.top5()));
        return table
                + String.format(
                        Locale.ROOT,
                        "%.2f ms per image, %s arithmetic%n",
                        evaluation.millisPerImage(),
                        evaluation.arithmetic());
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
