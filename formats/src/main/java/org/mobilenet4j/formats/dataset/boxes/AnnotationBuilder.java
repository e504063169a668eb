package org.mobilenet4j.formats.dataset.boxes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mobilenet4j.data.FilePhoto;
import org.mobilenet4j.data.box.AnnotatedPhoto;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.ImageSize;

/// Holds what files say against the photos: leaves out and counts photos that are missing, and refuses boxes that were
/// measured in a photo of another size. Of a photo, the header is read, not the pixels.
final class AnnotationBuilder {
    private final String name;
    private final List<AnnotatedPhoto> photos = new ArrayList<>();
    private final Map<Path, Place> places = new HashMap<>();
    private final BoxFitting fitting = new BoxFitting();
    private final Mended missing = Mended.photos("missing, left out");
    private final Mended unreadable = Mended.photos("unreadable, left out");
    private final Mended unmarked = Mended.photos("without a file of boxes, taken to show no object");
    private final Mended repeated = Mended.photos("listed twice, taken once");
    private final Mended upright = Mended.photos("turned by EXIF, whose boxes count as those of the upright photo");
    private final Mended turned = Mended.photos("turned by EXIF, whose boxes are of the photo before that, turned too");

    /// @param name of the data set
    AnnotationBuilder(String name) {
        this.name = name;
    }

    /// Counts a photo of which nothing is said.
    void addUnmarked(Path photo) {
        unmarked.add(photo);
    }

    /// Counts a photo that is listed once more.
    void addRepeated(Place place) {
        repeated.add(place);
    }

    /// Adds a photo, if it is there.
    ///
    /// @throws BadFileException if it is in twice, or its boxes were measured in another photo or unit
    void add(MarkedPhoto marked) throws BadFileException {
        var other = places.putIfAbsent(marked.file(), marked.place());
        if (other != null) {
            throw new BadFileException(
                    marked.place().toString(),
                    "names " + marked.file() + " again, as does " + other + "; keep one of them");
        }
        if (!Files.isRegularFile(marked.file())) {
            missing.add(marked.file());
            return;
        }
        var size = size(marked.file());
        if (size.isPresent()) {
            boolean isStored = isOfStored(marked, size.get());
            if (size.get().isTurned() && !marked.boxes().isEmpty()) {
                (isStored ? turned : upright).add(marked.file());
            }
            var objects = fitting.fit(marked, size.get(), isStored);
            photos.add(new AnnotatedPhoto(marked.file().toString(), new FilePhoto(marked.file()), objects));
        }
    }

    private Optional<ImageSize> size(Path photo) {
        try {
            return Optional.of(ImageSize.of(photo));
        } catch (BadFileException problem) {
            unreadable.add(String.valueOf(problem.getMessage()));
            return Optional.empty();
        }
    }

    /// Whether the size that is said is that of the photo before it is turned upright.
    private static boolean isOfStored(MarkedPhoto marked, ImageSize size) throws BadFileException {
        boolean isUnsaid = marked.height() == 0 || marked.width() == 0;
        if (isUnsaid || (marked.height() == size.height() && marked.width() == size.width())) {
            return false;
        }
        if (size.isTransposed() && marked.height() == size.width() && marked.width() == size.height()) {
            return true;
        }
        throw new BadFileException(
                marked.place().toString(),
                "says that the photo has " + marked.width() + "x" + marked.height() + " pixels, but " + marked.file()
                        + " has " + size
                        + ", so that its boxes may be wrong; take the photo that was marked, or correct them");
    }

    /// @param labels the classes
    /// @throws BadFileException if no photo was there
    Annotations build(List<String> labels) throws BadFileException {
        var notes = Stream.concat(Stream.of(missing, unreadable, unmarked, repeated, upright, turned), fitting.mended())
                .flatMap(mended -> mended.note().stream())
                .toList();
        if (photos.isEmpty()) {
            throw new BadFileException(
                    name,
                    "has no photo to use" + (notes.isEmpty() ? "" : ": " + String.join(", ", notes))
                            + "; check where they are");
        }
        if (photos.stream().allMatch(photo -> photo.objects().isEmpty())) {
            throw new BadFileException(
                    name,
                    "marks no object in any photo" + (notes.isEmpty() ? "" : ": " + String.join(", ", notes))
                            + "; mark some");
        }
        return new Annotations(name, labels, photos, notes);
    }
}
