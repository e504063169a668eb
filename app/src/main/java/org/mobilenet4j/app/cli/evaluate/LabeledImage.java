package org.mobilenet4j.app.cli.evaluate;

import java.nio.file.Path;
import java.util.Set;

/// A photo and the classes that are right for it.
///
/// @param file path of the photo
/// @param truth the class it is counted under
/// @param right all classes that count as right: several when they share the label's name
record LabeledImage(Path file, int truth, Set<Integer> right) {
    LabeledImage {
        right = Set.copyOf(right);
    }
}
