package org.mobilenet4j.app;

import java.nio.file.Path;
import java.util.Set;

/// A photo and the classes that are right for it.
///
/// @param file where it lies
/// @param truth the class it is counted under
/// @param right every class that is right: several when they share the label's text
record LabelledImage(Path file, int truth, Set<Integer> right) {
    LabelledImage {
        right = Set.copyOf(right);
    }
}
