package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.formats.file.ContainedFile;

/// COCO's files: one JSON file with its photos, or a folder with several, as `annotations/instances_train2017.json` and
/// `train2017`, which are its parts.
///
/// @param folder the folder that the parts are in, or the only file
/// @param files the JSON files by the names of their parts
/// @param photos the folder of the photos, if it is said
record CocoSource(Path folder, TreeMap<String, Path> files, Optional<Path> photos) implements BoxSource {
    private static final String PREFIX = "instances_";
    /// Photos that are looked for in a folder to see whether it is the one.
    private static final int TRIED = 100;

    /// The data in `folder`, if it has JSON files, in itself or in `annotations`.
    static Optional<BoxSource> find(Path folder, Optional<Path> photos) throws IOException {
        var files = new TreeMap<String, Path>();
        for (var place : List.of(folder.resolve("annotations"), folder)) {
            var found = json(place);
            boolean areOfBoxes = found.stream().anyMatch(CocoSource::isOfBoxes);
            found.stream().filter(file -> !areOfBoxes || isOfBoxes(file)).forEach(file -> files.put(part(file), file));
            if (!files.isEmpty()) {
                return Optional.of(new CocoSource(folder, files, photos));
            }
        }
        return Optional.empty();
    }

    /// The data in one JSON file.
    static BoxSource of(Path file, Optional<Path> photos) {
        var files = new TreeMap<String, Path>();
        files.put(part(file), file);
        return new CocoSource(file, files, photos);
    }

    private static List<Path> json(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> PhotoFolders.ending(file).equals("json")
                            && !PhotoFolders.nameOf(file).startsWith("."))
                    .toList();
        }
    }

    /// Beside these there may be captions and key points of the same photos.
    private static boolean isOfBoxes(Path file) {
        return PhotoFolders.nameOf(file).startsWith(PREFIX)
                || PhotoFolders.nameOf(file).startsWith("_annotations");
    }

    private static String part(Path file) {
        var stem = PhotoFolders.stem(file);
        return stem.startsWith(PREFIX) ? stem.substring(PREFIX.length()) : stem;
    }

    @Override
    public List<String> splits() {
        return files.size() > 1 ? List.copyOf(files.keySet()) : List.of();
    }

    @Override
    public Annotations read() throws IOException {
        if (files.size() > 1) {
            throw SplitName.needed(folder, splits());
        }
        return annotations(folder.toString(), files.firstEntry().getValue());
    }

    @Override
    public Annotations read(String split) throws IOException {
        var file = files.get(split);
        if (file == null) {
            throw SplitName.unknown(folder, split, splits());
        }
        return annotations(folder + "#" + split, file);
    }

    private Annotations annotations(String name, Path file) throws IOException {
        var coco = CocoFile.read(file);
        var all = new AnnotationBuilder(name);
        var numbers = new HashMap<Long, Integer>();
        coco.categories().keySet().forEach(id -> numbers.put(id, numbers.size()));
        var folderOfPhotos = photoFolder(coco);
        for (var entry : coco.images().entrySet()) {
            var image = entry.getValue();
            var boxes = coco.boxes().getOrDefault(entry.getKey(), List.of()).stream()
                    .map(box -> new MarkedBox(
                            numbers.getOrDefault(box.category(), 0),
                            box.box(),
                            box.area(),
                            box.isCrowd() ? ObjectBox.Kind.CROWD : ObjectBox.Kind.COUNTED,
                            box.place()))
                    .toList();
            var photo =
                    ContainedFile.of(folderOfPhotos, image.name(), image.place().toString());
            all.add(new MarkedPhoto(photo, image.height(), image.width(), false, boxes, image.place()));
        }
        return all.build(List.copyOf(coco.categories().values()));
    }

    /// The folder that has any of the first photos; without one, that of the file.
    private Path photoFolder(CocoFile coco) {
        if (photos.isPresent()) {
            return photos.get();
        }
        var folders = PhotoFolders.around(coco.file(), part(coco.file()));
        var names = coco.images().values().stream()
                .limit(TRIED)
                .map(CocoFile.CocoImage::name)
                .toList();
        return PhotoFolders.holding(folders, names).orElse(folders.getFirst());
    }
}
