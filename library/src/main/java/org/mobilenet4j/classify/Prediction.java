package org.mobilenet4j.classify;

import java.util.Locale;
import java.util.Objects;

/// A class that a photo may show.
///
/// @param index index of the class among the network's outputs; 0 or 1 where one output tells two classes apart
/// @param label name of the class
/// @param probability from 0 to 1: the softmax of logits, a sigmoid, or the network's own
public record Prediction(int index, String label, float probability) {
    public Prediction {
        Objects.requireNonNull(label, "label");
    }

    /// Such as `orange (86.3 %)`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.1f %%)", label, probability * 100);
    }
}
