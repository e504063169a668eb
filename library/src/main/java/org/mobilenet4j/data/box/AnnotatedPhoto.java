package org.mobilenet4j.data.box;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.data.Photo;

/// A photo and the objects that are marked in it.
///
/// @param name its name in messages
/// @param photo the photo
/// @param objects none if it shows nothing of the classes
public record AnnotatedPhoto(String name, Photo photo, List<ObjectBox> objects) {
    public AnnotatedPhoto {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(photo, "photo");
        Objects.requireNonNull(objects, "objects");
        objects = List.copyOf(objects);
    }
}
