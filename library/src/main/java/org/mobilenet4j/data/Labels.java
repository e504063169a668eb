package org.mobilenet4j.data;

import java.util.HashSet;
import java.util.List;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// Checks of class names.
public final class Labels {
    private Labels() {}

    /// Checks that there are at least two classes.
    ///
    /// @param name the data set's name in the message
    /// @throws BadFileException when there are fewer than two
    public static void requireSeveral(String name, List<String> labels) throws BadFileException {
        if (labels.isEmpty()) {
            throw new BadFileException(name, "has no labeled photos; add some, of at least two classes");
        }
        if (labels.size() == 1) {
            throw new BadFileException(
                    name, "has only one class, '" + OneLine.of(labels.getFirst()) + "'; add photos of another");
        }
    }

    /// Checks that class indices mean the same in two data sets.
    ///
    /// @throws BadFileException naming a class that only one of them has, or when their order differs
    public static void requireSame(DataSet train, DataSet validation) throws BadFileException {
        if (train.labels().equals(validation.labels())) {
            return;
        }
        requireAll(validation, train);
        requireAll(train, validation);
        throw new BadFileException(
                validation.name(), "has the classes of " + train.name() + " in another order; give both the same list");
    }

    private static void requireAll(DataSet has, DataSet needs) throws BadFileException {
        var present = new HashSet<>(has.labels());
        for (var label : needs.labels()) {
            if (!present.contains(label)) {
                throw new BadFileException(
                        has.name(),
                        "has no class '" + OneLine.of(label) + "', which " + needs.name()
                                + " has; training and validation need the same classes");
            }
        }
    }
}
