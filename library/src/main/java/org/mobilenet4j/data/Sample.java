package org.mobilenet4j.data;

import java.util.Objects;

/// A photo and what it shows.
///
/// @param index its index in the data set, from 0, independent of the reading order
/// @param name its name in messages
/// @param target its class, or its objects
/// @param photo the photo
public record Sample(int index, String name, Target target, Photo photo) {
    public Sample {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(photo, "photo");
    }

    /// A photo of the class `label`.
    public Sample(int index, String name, int label, Photo photo) {
        this(index, name, new Target.OneClass(label), photo);
    }

    /// Its class, see [Target#label].
    public int label() {
        return target.label();
    }

    /// This sample with another photo, such as the same in memory.
    Sample with(Photo newPhoto) {
        return new Sample(index, name, target, newPhoto);
    }

    /// This sample with another index and class, as a part of another data set; objects keep theirs.
    Sample as(int newIndex, int newLabel) {
        var newTarget = target instanceof Target.OneClass ? new Target.OneClass(newLabel) : target;
        return new Sample(newIndex, name, newTarget, photo);
    }
}
