package org.mobilenet4j.formats.dataset.boxes;

import org.mobilenet4j.data.box.Box;

/// A box as a file has it, not yet held against its photo.
///
/// @param label index of its class
/// @param box in pixels, or in fractions of the photo's sides
/// @param isIgnored as in [org.mobilenet4j.data.box.ObjectBox]
/// @param place where it is said
record MarkedBox(int label, Box box, boolean isIgnored, Place place) {
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
