package org.mobilenet4j.data;

import java.util.Objects;

/// Training data and validation data.
///
/// @param train data to train on
/// @param validation data to validate with; it has the same classes
public record Split(DataSet train, DataSet validation) {
    public Split {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
    }
}
