package org.mobilenet4j.data;

import java.util.List;
import java.util.Objects;

/// What a photo shows, as training learns it: one class, or objects in boxes.
public sealed interface Target {
    /// The class that the photo counts as where photos are counted by class.
    int label();

    /// A photo of one class.
    ///
    /// @param label its class, from 0
    record OneClass(int label) implements Target {}

    /// A photo of any number of objects.
    ///
    /// @param marks the objects
    record Boxes(List<Mark> marks) implements Target {
        public Boxes {
            Objects.requireNonNull(marks, "marks");
            marks = List.copyOf(marks);
        }

        /// That of the first object, 0 if there is none.
        @Override
        public int label() {
            return marks.isEmpty() ? 0 : marks.getFirst().label();
        }
    }

    /// An object and its box, in pixels of the upright photo.
    ///
    /// @param label its class, from 0
    /// @param isIgnored whether it is neither to be found nor to be taken for background
    /// @param y0 upper edge
    /// @param x0 left edge
    /// @param y1 lower edge
    /// @param x1 right edge
    record Mark(int label, boolean isIgnored, float y0, float x0, float y1, float x1) {}
}
