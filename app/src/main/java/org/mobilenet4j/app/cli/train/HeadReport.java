package org.mobilenet4j.app.cli.train;

import java.nio.file.Path;
import java.util.Locale;
import org.mobilenet4j.text.Count;
import org.mobilenet4j.train.head.HeadFit;

/// The report of `train --head-only`, as text and as JSON.
///
/// @param model the file
/// @param images number of training photos
/// @param decay the weight decay that was chosen
/// @param top1 on the validation photos
/// @param top5 on the validation photos
/// @param seconds in total
record HeadReport(String model, int images, double decay, double top1, double top5, double seconds) {
    static HeadReport of(HeadFit fit, Path out, double seconds) {
        return new HeadReport(
                out.toString(),
                fit.images(),
                fit.decay(),
                fit.validation().top1(),
                fit.validation().top5(),
                seconds);
    }

    String text(HeadFit fit) {
        return String.format(
                        Locale.ROOT,
                        "%s: top-1 %.2f %%, top-5 %.2f %% on %s; last layer fitted to %s" + " in %.1f s%n",
                        model,
                        100 * top1,
                        100 * top5,
                        Count.of(fit.validation().images(), "validation photo"),
                        Count.of(images, "photo"),
                        seconds)
                + TrainingReport.text(fit.unreadable(), "training photo")
                + TrainingReport.text(fit.unvalidated(), "validation photo");
    }
}
