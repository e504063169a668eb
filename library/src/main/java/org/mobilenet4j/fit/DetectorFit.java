package org.mobilenet4j.fit;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.model.Model;

/// A trained detector, and how good it is on photos that it was not trained on.
///
/// @param model of the epoch that was best in validation, by mAP@.50; its labels are the classes of the annotations
/// @param photos the number of validation photos
/// @param halfPrecision mean average precision on them, an overlap of half being enough (mAP@.50), from 0 to 1. They
///     chose the epoch, so on others it may be slightly lower
/// @param precision COCO's: the mean over overlaps from 0.5 to 0.95
/// @param epochs one after the other
/// @param unreadable training photos that could not be read
/// @param unvalidated validation photos that could not be read
public record DetectorFit(
        Model model,
        int photos,
        double halfPrecision,
        double precision,
        List<DetectorEpoch> epochs,
        Unreadable unreadable,
        Unreadable unvalidated) {
    public DetectorFit {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(epochs, "epochs");
        Objects.requireNonNull(unreadable, "unreadable");
        Objects.requireNonNull(unvalidated, "unvalidated");
        epochs = List.copyOf(epochs);
    }

    static DetectorFit of(Fit fit) {
        return new DetectorFit(
                fit.model(),
                fit.validation().images(),
                fit.validation().top1(),
                fit.validation().top5(),
                fit.epochs().stream().map(DetectorEpoch::of).toList(),
                fit.unreadable(),
                fit.unvalidated());
    }

    /// Such as `DetectorFit[ssd-mobilenet-v1-0.75-300, 3 classes, mAP@.50 89.1 % on 72 photos]`.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "DetectorFit[%s, %d classes, mAP@.50 %.1f %% on %d photos]",
                model.network().name(),
                model.classes(),
                100 * halfPrecision,
                photos);
    }
}
