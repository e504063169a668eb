package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// Finds YOLO's data: a description, `data.yaml` (Ultralytics, Roboflow) or `obj.data` (Darknet, CVAT), or a folder of
/// photos with the names of the classes in `classes.txt` or `obj.names`, a line each.
final class YoloFiles {
    private static final List<String> DESCRIPTIONS = List.of("data.yaml", "data.yml", "dataset.yaml", "dataset.yml");
    private static final List<String> NAMES =
            List.of("classes.txt", "obj.names", "labels.txt", "predefined_classes.txt");
    private static final List<String> PARTS = List.of("train", "val", "valid", "validation", "test");

    private YoloFiles() {}

    /// The data in `folder`, if it has such files.
    ///
    /// @param photos the folder of the photos, if it is said
    /// @throws BadFileException if a description is wrong
    /// @throws IOException if it cannot be read
    static Optional<BoxSource> find(Path folder, Optional<Path> photos) throws IOException {
        for (var file : descriptions(folder)) {
            if (!isYaml(file)) {
                return Optional.of(ofData(folder, file));
            }
            var values = Yaml.read(file);
            if (values.containsKey("names")) {
                return Optional.of(ofYaml(folder, file, values));
            }
        }
        for (var name : NAMES) {
            for (var file :
                    List.of(folder.resolve(name), folder.resolve("labels").resolve(name))) {
                if (Files.isRegularFile(file)) {
                    return Optional.of(ofFolder(folder, names(file), photos));
                }
            }
        }
        if (Files.isDirectory(folder.resolve("labels")) && Files.isDirectory(folder.resolve("images"))) {
            throw new BadFileException(
                    folder,
                    "has images and labels as YOLO does, but no names of classes; add classes.txt, a line each, or"
                            + " give its data.yaml");
        }
        return Optional.empty();
    }

    static boolean isYaml(Path file) {
        return List.of("yaml", "yml").contains(PhotoFolders.ending(file));
    }

    /// What `file`, a `data.yaml`, describes.
    ///
    /// @throws BadFileException if it is wrong
    /// @throws IOException if it cannot be read
    static BoxSource ofYaml(Path file) throws IOException {
        return ofYaml(file, file, Yaml.read(file));
    }

    private static BoxSource ofYaml(Path data, Path file, Map<String, List<String>> values) throws IOException {
        var names = values.getOrDefault("names", List.of());
        requireNames(file, names);
        var count = values.getOrDefault("nc", List.of());
        if (count.size() == 1 && Numbers.whole(count.getFirst(), "number of classes, nc,", file) != names.size()) {
            throw new BadFileException(
                    file, "has nc " + OneLine.of(count.getFirst()) + ", but " + names.size() + " names; correct one");
        }
        var beside = file.resolveSibling("");
        var stated = values.getOrDefault("path", List.of());
        var root = (stated.isEmpty() ? Optional.<Path>empty() : StatedPath.find(List.of(beside), stated.getFirst()))
                .orElse(beside);
        var parts = new LinkedHashMap<String, List<Path>>();
        for (var part : PARTS) {
            var places = new ArrayList<Path>();
            for (var place : values.getOrDefault(part, List.of())) {
                places.add(place(file, List.of(root, beside), place));
            }
            if (!places.isEmpty()) {
                parts.put(part, places);
            }
        }
        return new YoloSource(data, root, names, parts, parts.isEmpty() ? whole(root) : List.of());
    }

    /// What `file`, an `obj.data`, describes.
    ///
    /// @throws BadFileException if it is wrong
    /// @throws IOException if it cannot be read
    static BoxSource ofData(Path file) throws IOException {
        return ofData(file, file);
    }

    private static BoxSource ofData(Path data, Path file) throws IOException {
        var root = file.resolveSibling("");
        var parts = new LinkedHashMap<String, List<Path>>();
        List<String> names = List.of();
        for (var line : TextLine.read(file)) {
            var both = line.text().split("=", 2);
            var key = both[0].strip();
            if (both.length == 2 && key.equals("names")) {
                names = names(place(file, List.of(root), both[1].strip()));
            } else if (both.length == 2 && PARTS.contains(key)) {
                var list = StatedPath.find(List.of(root), both[1].strip());
                list.ifPresent(path -> parts.put(key, List.of(path)));
            }
        }
        requireNames(file, names);
        return new YoloSource(data, root, names, parts, parts.isEmpty() ? whole(root) : List.of());
    }

    private static BoxSource ofFolder(Path folder, List<String> names, Optional<Path> photos) throws IOException {
        var parts = new TreeMap<String, List<Path>>();
        if (photos.isEmpty()) {
            for (var part : PARTS) {
                for (var place : List.of(
                        folder.resolve("images").resolve(part),
                        folder.resolve(part).resolve("images"),
                        folder.resolve(part + ".txt"))) {
                    if (Files.exists(place)) {
                        parts.putIfAbsent(part, List.of(place));
                    }
                }
            }
        }
        return new YoloSource(
                folder,
                folder,
                names,
                parts,
                parts.isEmpty() ? photos.map(List::of).orElse(whole(folder)) : List.of());
    }

    private static List<Path> whole(Path root) {
        var images = root.resolve("images");
        return List.of(Files.isDirectory(images) ? images : root);
    }

    private static List<Path> descriptions(Path folder) throws IOException {
        for (var name : DESCRIPTIONS) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return List.of(folder.resolve(name));
            }
        }
        try (var files = Files.list(folder)) {
            return files.filter(
                            file -> isYaml(file) || PhotoFolders.ending(file).equals("data"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(Path file) throws IOException {
        return TextLine.read(file).stream().map(TextLine::text).toList();
    }

    private static void requireNames(Path file, List<String> names) throws BadFileException {
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw new BadFileException(
                    file,
                    names.isEmpty() ? "has no names of classes; add them" : "names a class twice; give each its own");
        }
    }

    private static Path place(Path file, List<Path> bases, String name) throws BadFileException {
        return StatedPath.find(bases, name)
                .orElseThrow(() -> new BadFileException(
                        file, "names " + OneLine.of(name) + ", which is not there; correct it, or put it there"));
    }
}
