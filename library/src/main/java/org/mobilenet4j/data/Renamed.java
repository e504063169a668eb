package org.mobilenet4j.data;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// A data set with other class names, in the same order.
///
/// @param data the original data set
/// @param labels the new names
public record Renamed(DataSet data, List<String> labels) implements DataSet {
    public Renamed {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(labels, "labels");
        labels = List.copyOf(labels);
        if (labels.size() != data.labels().size()) {
            throw new BadValueException(data.name() + ": has " + data.labels().size() + " classes, not " + labels.size()
                    + "; give one name for each class");
        }
    }

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public int label(int index) {
        return data.label(index);
    }

    @Override
    public SampleReader shuffled(long seed) throws IOException {
        return data.shuffled(seed);
    }

    @Override
    public SampleReader inOrder() throws IOException {
        return data.inOrder();
    }

    /// Such as `flowers: 3,670 photos of 5 classes`.
    @Override
    public String toString() {
        return DataSet.text(this);
    }
}
