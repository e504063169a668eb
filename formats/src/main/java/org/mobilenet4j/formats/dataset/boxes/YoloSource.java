package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.file.ContainedFile;

/// Photos with a text file each, as YOLO has them ([YoloLabels]): `images/a.jpg` with `labels/a.txt`, or both in one
/// folder. A photo without such a file shows nothing.
///
/// @param data the file or folder that was given, for messages
/// @param root the folder of all
/// @param names names of the classes
/// @param parts for each part its folders of photos and lists of photos
/// @param whole folders and lists of data that are not divided
record YoloSource(Path data, Path root, List<String> names, Map<String, List<Path>> parts, List<Path> whole)
        implements BoxSource {
    private static final String IMAGES = "images";
    private static final String LABELS = "labels";

    @Override
    public List<String> splits() {
        return List.copyOf(parts.keySet());
    }

    @Override
    public Annotations read() throws IOException {
        if (whole.isEmpty()) {
            throw SplitName.needed(data, splits());
        }
        return annotations(data.toString(), whole);
    }

    @Override
    public Annotations read(String split) throws IOException {
        var part = parts.get(split);
        if (part == null) {
            throw SplitName.unknown(data, split, splits());
        }
        return annotations(data + "#" + split, part);
    }

    private Annotations annotations(String name, List<Path> places) throws IOException {
        var all = new AnnotationBuilder(name);
        var photos = new LinkedHashSet<Path>();
        for (var place : places) {
            if (Files.isDirectory(place)) {
                photos.addAll(PhotoFolders.allPhotos(place));
            } else {
                for (var line : TextLine.read(place)) {
                    if (!photos.add(listed(line, place))) {
                        all.addRepeated(line.place());
                    }
                }
            }
        }
        for (var photo : photos) {
            var labels = labels(photo);
            boolean isMarked = Files.isRegularFile(labels);
            if (!isMarked) {
                all.addUnmarked(photo);
            }
            List<MarkedBox> boxes = isMarked ? YoloLabels.read(labels, names) : List.of();
            all.add(new MarkedPhoto(photo, 0, 0, true, boxes, new Place(labels, 1)));
        }
        return all.build(names);
    }

    private Path listed(TextLine line, Path list) throws BadFileException {
        var found = StatedPath.find(List.of(list.resolveSibling(""), root), line.text());
        return found.isPresent() && isInside(found.get())
                ? found.get()
                : ContainedFile.of(root, line.text(), line.place().toString());
    }

    private boolean isInside(Path file) {
        return file.toAbsolutePath().startsWith(root.toAbsolutePath().normalize());
    }

    /// The file of the boxes in `photo`: with `labels` for the last folder `images`, or beside it.
    private static Path labels(Path photo) {
        var name = PhotoFolders.stem(photo) + ".txt";
        for (var folder = photo.getParent(); folder != null; folder = folder.getParent()) {
            if (PhotoFolders.nameOf(folder).equals(IMAGES)) {
                var labels = folder.resolveSibling(LABELS)
                        .resolve(folder.relativize(photo))
                        .resolveSibling(name);
                return Files.isRegularFile(labels) ? labels : photo.resolveSibling(name);
            }
        }
        return photo.resolveSibling(name);
    }
}
