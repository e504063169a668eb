package org.mobilenet4j.data;

import java.util.HashSet;
import java.util.List;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// What is asked of the names of classes.
public final class Labels {
    private Labels() {}

    /// Checks that there are at least two classes to tell apart.
    ///
    /// @param name what the message calls the data set
    /// @throws BadFileException when there are fewer than two
    public static void requireSeveral(String name, List<String> labels) throws BadFileException {
        if (labels.isEmpty()) {
            throw new BadFileException(name, "has no labeled photos; add some, of two classes at least");
        }
        if (labels.size() == 1) {
            throw new BadFileException(
                    name,
                    "has one class only, '" + OneLine.of(labels.getFirst())
                            + "'; there is nothing to tell it from, so add photos of another");
        }
    }

    /// Makes sure that class numbers mean the same in two data sets.
    ///
    /// @throws BadFileException saying which class is in one of them only, or that their order differs
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
