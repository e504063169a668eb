package org.mobilenet4j.fit;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.Validation;

/// A trained model, and how good it is on photos that it was not trained on.
///
/// @param model of the epoch that was best in validation; its labels are the classes of the photos
/// @param validation its accuracy on the validation photos. They chose the epoch, so on others it may be slightly lower
/// @param epochs one after the other; empty if the last layer alone was fitted
/// @param unreadable training photos that could not be read
/// @param unvalidated validation photos that could not be read
public record Fit(
        Model model, Validation validation, List<EpochResult> epochs, Unreadable unreadable, Unreadable unvalidated) {
    public Fit {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(epochs, "epochs");
        Objects.requireNonNull(unreadable, "unreadable");
        Objects.requireNonNull(unvalidated, "unvalidated");
        epochs = List.copyOf(epochs);
    }

    /// Such as `Fit[mobilenet-v1-0.5-128, 5 classes, top-1 71.2 % of 345 photos]`.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Fit[%s, %d classes, top-1 %.1f %% of %d photos]",
                model.network().name(),
                model.classes(),
                100 * validation.top1(),
                validation.images());
    }
}
