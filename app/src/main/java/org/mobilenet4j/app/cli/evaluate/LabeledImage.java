package org.mobilenet4j.app.cli.evaluate;

import java.nio.file.Path;
import java.util.Set;

/// A photo and the classes that are right for it.
///
/// @param file where it lies
/// @param truth the class it is counted under
/// @param right every class that is right: several when they share the label's text
record LabeledImage(Path file, int truth, Set<Integer> right) {
    LabeledImage {
        right = Set.copyOf(right);
    }
}
