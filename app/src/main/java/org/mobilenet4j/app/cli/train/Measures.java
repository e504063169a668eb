package org.mobilenet4j.app.cli.train;

import java.util.Locale;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.TrainingSetup;

/// The words for the two figures that validation gives, of which the first chooses the best epoch.
enum Measures {
    /// Of classifiers.
    ACCURACY("top-1", "top-5"),
    /// Of detectors: mean average precision, an overlap of half being enough, and COCO's.
    PRECISION("mAP@.50", "mAP");

    private final String first;
    private final String second;

    Measures(String first, String second) {
        this.first = first;
        this.second = second;
    }

    static Measures of(TrainingSetup setup) {
        return setup.boxes().isPresent() ? PRECISION : ACCURACY;
    }

    String first() {
        return first;
    }

    String second() {
        return second;
    }

    /// Such as `loss 1.4315, top-1 38.75 % in training, 55.49 % in validation (top-5 100.00 %)`.
    String text(EpochResult result) {
        var loss = String.format(Locale.ROOT, "loss %.4f", result.loss());
        if (this == ACCURACY) {
            return String.format(
                    Locale.ROOT,
                    "%s, %s %.2f %% in training, %.2f %% in validation (%s %.2f %%)",
                    loss,
                    first,
                    100 * result.trainTop1(),
                    100 * result.top1(),
                    second,
                    100 * result.top5());
        }
        return Double.isNaN(result.top1())
                ? loss
                : String.format(
                        Locale.ROOT,
                        "%s, %s %.2f %% in validation (%s %.2f %%)",
                        loss,
                        first,
                        100 * result.top1(),
                        second,
                        100 * result.top5());
    }

    /// The columns of a line of CSV for each epoch.
    String header() {
        return this == ACCURACY ? EpochResult.HEADER : "epoch,rate,loss,map50,map,seconds";
    }

    /// One line of CSV.
    String csv(EpochResult result) {
        return this == ACCURACY
                ? result.csv()
                : String.format(
                        Locale.ROOT,
                        "%d,%.6g,%.5f,%.5f,%.5f,%.1f",
                        result.epoch(),
                        result.rate(),
                        result.loss(),
                        result.top1(),
                        result.top5(),
                        result.seconds());
    }
}
