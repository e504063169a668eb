package org.mobilenet4j.app.cli.evaluate;

import java.util.Set;
import org.mobilenet4j.data.Photo;

/// A photo and the classes that are right for it.
///
/// @param photo the photo
/// @param truth the class it is counted under
/// @param right all classes that count as right: several when they share the label's name
record LabeledImage(Photo photo, int truth, Set<Integer> right) {
    LabeledImage {
        right = Set.copyOf(right);
    }
}
