package org.mobilenet4j.data;

/// A photo and its class.
///
/// @param index its number in the data set, from 0, whatever the order
/// @param name what messages call it
/// @param label its class, from 0
/// @param photo what it shows
public record Sample(int index, String name, int label, Photo photo) {
    /// This sample under another number and class, as a part of another data set.
    Sample as(int newIndex, int newLabel) {
        return new Sample(newIndex, name, newLabel, photo);
    }
}
