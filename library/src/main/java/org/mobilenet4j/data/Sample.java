package org.mobilenet4j.data;

import java.util.Objects;

/// A photo and its class.
///
/// @param index its index in the data set, from 0, independent of the reading order
/// @param name its name in messages
/// @param label its class, from 0
/// @param photo the photo
public record Sample(int index, String name, int label, Photo photo) {
    public Sample {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(photo, "photo");
    }

    /// This sample with another index and class, as a part of another data set.
    Sample as(int newIndex, int newLabel) {
        return new Sample(newIndex, name, newLabel, photo);
    }
}
