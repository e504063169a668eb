package org.mobilenet4j.app.cli.evaluate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats the evaluation of a detector for a terminal: average precision of each class, then of all, then the rest.
final class BoxEvaluationText {
    private static final double MILLIS = 1000;

    private BoxEvaluationText() {}

    static String of(BoxEvaluation evaluation) {
        var table = new AlignedText(
                "lrrrrRRRR", "class", "objects", "AP", "AP50", "AP75", "small", "medium", "large", "AR100");
        for (var one : evaluation.classes()) {
            row(table, PlainText.of(one.label()), one.objects(), one.coco());
        }
        table.rule();
        row(table, "all", evaluation.objects(), evaluation.coco());
        var coco = evaluation.coco();
        return table
                + String.format(
                        Locale.ROOT,
                        "average recall with the best detection of a class in each photo %s, with ten %s, with a hundred"
                                + " %s%nof these with a hundred: small %s, medium %s, large %s%n"
                                + "Pascal VOC at an overlap of .5: %s by the rules of 2007, %s by those of 2010%n"
                                + "%d photos, %.1f a second, %s arithmetic%n",
                        share(coco.ar1()),
                        share(coco.ar10()),
                        share(coco.ar100()),
                        share(coco.arSmall()),
                        share(coco.arMedium()),
                        share(coco.arLarge()),
                        share(evaluation.voc().map2007()),
                        share(evaluation.voc().map2010()),
                        evaluation.images(),
                        MILLIS / evaluation.millisPerImage(),
                        evaluation.arithmetic());
    }

    private static void row(AlignedText table, String name, long objects, BoxEvaluation.Coco coco) {
        table.row(
                name,
                String.valueOf(objects),
                share(coco.ap()),
                share(coco.ap50()),
                share(coco.ap75()),
                share(coco.apSmall()),
                share(coco.apMedium()),
                share(coco.apLarge()),
                share(coco.ar100()));
    }

    private static String share(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
