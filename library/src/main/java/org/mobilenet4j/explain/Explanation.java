package org.mobilenet4j.explain;

import java.util.Locale;
import java.util.Objects;

/// What in a photo speaks for a class.
///
/// @param index index of the class among the network's outputs; 0 or 1 where one output tells two classes apart
/// @param label name of the class
/// @param probability from 0 to 1, as [org.mobilenet4j.classify.Classifier] gives it
/// @param logit the class's score before softmax or sigmoid
/// @param map where it is seen
public record Explanation(int index, String label, float probability, double logit, ActivationMap map) {
    public Explanation {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(map, "map");
    }

    /// What the map does not explain: the logit less the map's mean. Where the network ends in global average pooling
    /// and one linear layer, this is the class's bias, whatever the photo.
    public double rest() {
        return logit - map.mean();
    }

    /// Such as `orange (86.3 %), seen around 112, 96 (down, right)`.
    @Override
    public String toString() {
        var peak = map.peak();
        return String.format(
                Locale.ROOT,
                "%s (%.1f %%), seen around %.0f, %.0f (down, right)",
                label,
                probability * 100,
                peak.y(),
                peak.x());
    }
}
