package org.mobilenet4j.formats.dataset.boxes;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.NearestName;
import org.mobilenet4j.text.OneLine;

/// What the names of a data set's parts say.
final class SplitName {
    private static final List<String> VALIDATION = List.of("val", "test");

    private SplitName() {}

    /// The part to train on: `train`, or one that begins so.
    static Optional<String> training(List<String> splits) {
        return beginning(splits, "train");
    }

    /// The part to measure on while training, in data that have one to train on: `val`, `valid`, `validation`, or else
    /// `test`, or one that begins so.
    static Optional<String> validation(List<String> splits) {
        return training(splits).isEmpty()
                ? Optional.empty()
                : VALIDATION.stream()
                        .flatMap(start -> beginning(splits, start).stream())
                        .findFirst();
    }

    /// The shortest: `trainval` is no `train`.
    private static Optional<String> beginning(List<String> splits, String start) {
        return splits.stream()
                .filter(name -> name.startsWith(start))
                .min(Comparator.comparing((String name) -> name.startsWith("trainval"))
                        .thenComparingInt(String::length));
    }

    /// The exception where none of several parts is chosen.
    static BadFileException needed(Path data, List<String> splits) {
        return new BadFileException(
                data,
                "has the parts " + OneLine.of(String.join(", ", splits)) + "; choose one, as in " + data + "#"
                        + splits.getFirst());
    }

    /// The exception for a part that is not there.
    static BadFileException unknown(Path data, String split, List<String> splits) {
        return new BadFileException(
                data,
                "has no part '" + OneLine.of(split) + "'"
                        + (splits.isEmpty()
                                ? ", as it is not divided; leave out what follows #"
                                : "; it has " + OneLine.of(String.join(", ", splits))
                                        + NearestName.hint(split, splits)));
    }
}
