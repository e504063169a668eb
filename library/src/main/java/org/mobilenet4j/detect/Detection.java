package org.mobilenet4j.detect;

import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.data.box.Box;

/// An object that a photo may show.
///
/// @param index index of its class, without the background
/// @param label name of the class
/// @param score from 0 to 1
/// @param box where it is, in pixels of the upright photo
public record Detection(int index, String label, float score, Box box) {
    public Detection {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(box, "box");
    }

    /// Such as `dining table (48.8 %) [97.9, 27.5, 444.9, 623.1]`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.1f %%) %s", label, score * 100, box);
    }
}
