package org.mobilenet4j.app.cli.pull;

import java.util.Locale;
import org.mobilenet4j.app.cli.cost.CostText;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats the list of models for a terminal.
final class ModelListText {
    private ModelListText() {}

    static String of(ModelList list) {
        var table = new AlignedText("lrrlrrR", "name", "alpha", "resolution", "type", "top-1", "top-5", "cached bytes");
        for (var model : list.models()) {
            table.row(
                    model.name(),
                    String.valueOf(model.alpha()),
                    String.valueOf(model.resolution()),
                    model.type(),
                    percent(model.top1()),
                    percent(model.top5()),
                    model.bytes() == null ? "-" : CostText.count(model.bytes()));
        }
        return table + "\n"
                + LongText.wrapped(
                        "",
                        "Accuracy is as published. Models are cached in " + PlainText.of(list.cache())
                                + "; run mobilenet pull NAME to download one.");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
