package org.mobilenet4j.data.box;

import java.util.List;
import java.util.Locale;

/// Photos in which objects are marked, to train a detector or to measure one.
///
/// @param name its name in messages
/// @param labels a name for each class, without one for the background
/// @param photos in the order of their file
public record Annotations(String name, List<String> labels, List<AnnotatedPhoto> photos) {
    public Annotations {
        labels = List.copyOf(labels);
        photos = List.copyOf(photos);
    }

    /// Such as `bccd: 364 photos, 4,888 objects of 3 classes`.
    @Override
    public String toString() {
        long objects =
                photos.stream().mapToLong(photo -> photo.objects().size()).sum();
        return String.format(
                Locale.ROOT, "%s: %,d photos, %,d objects of %,d classes", name, photos.size(), objects, labels.size());
    }
}
