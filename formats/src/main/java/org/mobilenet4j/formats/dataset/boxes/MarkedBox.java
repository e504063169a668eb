package org.mobilenet4j.formats.dataset.boxes;

import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.data.box.ObjectBox;

/// A box as a file has it, not yet held against its photo.
///
/// @param label index of its class
/// @param box in pixels, or in fractions of the photo's sides
/// @param area of the object's outline in pixels; NaN if the file does not say
/// @param kind as in [ObjectBox]
/// @param place where it is said
record MarkedBox(int label, Box box, double area, ObjectBox.Kind kind, Place place) {
    /// An object that counts, as large as its box.
    MarkedBox(int label, Box box, Place place) {
        this(label, box, Double.NaN, ObjectBox.Kind.COUNTED, place);
    }

    /// The object, in its photo.
    ///
    /// @param inside the box in pixels of the upright photo
    ObjectBox in(Box inside) {
        return area > 0 ? new ObjectBox(label, inside, area, kind) : new ObjectBox(label, inside, kind);
    }

    /// Whether it may be meant as fractions of the photo: its edges lie between 0 and 1, and not all on whole pixels.
    boolean mayBeFractions() {
        return box.y1() <= 1
                && box.x1() <= 1
                && !(isWhole(box.y0()) && isWhole(box.x0()) && isWhole(box.y1()) && isWhole(box.x1()));
    }

    private static boolean isWhole(float edge) {
        return edge == Math.rint(edge);
    }
}
