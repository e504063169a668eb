package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.error.BadFileException;

/// Opens photos with the boxes of the objects in them, in all forms that are read:
///
/// - COCO: a JSON file `instances_*.json`, or the folder that contains several
/// - Pascal VOC: a folder with `Annotations/*.xml`, or one of XML files beside the photos
/// - CSV: a file with the columns `file`, `label`, `x0`, `y0`, `x1`, `y1`, or the folder that contains it
/// - YOLO: `data.yaml` or `obj.data`, a folder with one of them, or one of photos and text files with `classes.txt`
/// - a folder of such folders or CSV files, which are its parts
///
/// `FOLDER#PART` is a part of what is divided: a list of VOC's `ImageSets/Main`, a JSON file of COCO's, a part of
/// YOLO's.
/// Without `#PART`, it is the part to train on, called `train…`, and [#validation] is the one called `val…` or `test…`.
///
/// Boxes are in pixels of the upright photo. Those that reach beyond it are clipped, those without area and photos that
/// are missing are left out, and [Annotations#notes] says how many.
public final class AnnotationFiles {
    private static final int MOST_WRAPPERS = 16;
    private static final int MOST_PARTS = 16;

    private AnnotationFiles() {}

    /// The photos at `path`; of data with a part to train on, that part.
    ///
    /// @throws BadFileException if they are wrong, which file and line, or none are there
    /// @throws IOException if they cannot be read
    public static Annotations open(Path path) throws IOException {
        Objects.requireNonNull(path, "path");
        return open(path, Optional.empty());
    }

    /// As [#open(Path)], with the photos in another folder than beside the files that describe them.
    ///
    /// @param photos the folder of the photos
    /// @throws BadFileException if they are wrong, which file and line, or none are there
    /// @throws IOException if they cannot be read
    public static Annotations open(Path path, Path photos) throws IOException {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(photos, "photos");
        if (!Files.isDirectory(photos)) {
            throw new BadFileException(photos, "is not a directory; give the folder of the photos");
        }
        return open(path, Optional.of(photos));
    }

    private static Annotations open(Path path, Optional<Path> photos) throws IOException {
        var place = DataPlace.of(path);
        var source = source(place.data(), photos);
        var split = place.split().or(() -> SplitName.training(source.splits()));
        return split.isPresent() ? source.read(split.get()) : source.read();
    }

    /// The part of the data at `path` to measure on; nothing if it has no part to train on, or `path` names a part. It
    /// may have its classes in another order than the part to train on, see [Annotations#relabeled].
    ///
    /// @throws BadFileException if it is wrong, which file and line
    /// @throws IOException if it cannot be read
    public static Optional<Annotations> validation(Path path) throws IOException {
        Objects.requireNonNull(path, "path");
        var place = DataPlace.of(path);
        if (place.split().isPresent()) {
            return Optional.empty();
        }
        var source = source(place.data(), Optional.empty());
        var split = SplitName.validation(source.splits());
        return split.isPresent() ? Optional.of(source.read(split.get())) : Optional.empty();
    }

    /// The names of the parts of the data at `path`, such as `train` and `val`; none if it is not divided.
    ///
    /// @throws BadFileException if there are no such data
    /// @throws IOException if they cannot be read
    public static List<String> splits(Path path) throws IOException {
        Objects.requireNonNull(path, "path");
        return source(DataPlace.of(path).data(), Optional.empty()).splits();
    }

    private static BoxSource source(Path path, Optional<Path> photos) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.isDirectory(path)) {
            return folder(path, photos);
        }
        return switch (PhotoFolders.ending(path)) {
            case "json" -> CocoSource.of(path, photos);
            case "csv" -> new BoxTable(path, photos);
            case "yaml", "yml" -> YoloFiles.ofYaml(path);
            case "data" -> YoloFiles.ofData(path);
            case "zip", "tar", "gz", "tgz" ->
                throw new BadFileException(path, "is an archive, in which boxes are not looked for; unpack it");
            case "xml" -> throw new BadFileException(path, "is about one photo; give the folder of all XML files");
            default -> throw none(path);
        };
    }

    private static BoxSource folder(Path folder, Optional<Path> photos) throws IOException {
        var now = folder;
        for (int i = 0; i < MOST_WRAPPERS; i++) {
            var found = find(now, photos);
            if (found.isPresent()) {
                return found.get();
            }
            var inside = Folder.classFolders(now);
            if (inside.size() != 1) {
                return parts(folder, inside, photos);
            }
            now = inside.getFirst();
        }
        throw none(folder);
    }

    private static Optional<BoxSource> find(Path folder, Optional<Path> photos) throws IOException {
        var found = VocFolder.find(folder, photos);
        if (found.isEmpty()) {
            found = YoloFiles.find(folder, photos);
        }
        if (found.isEmpty()) {
            found = CocoSource.find(folder, photos);
        }
        return found.isPresent() ? found : tables(folder, photos);
    }

    private static Optional<BoxSource> tables(Path folder, Optional<Path> photos) throws IOException {
        var tables = new TreeMap<String, BoxSource>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> PhotoFolders.ending(file).equals("csv"))
                    .sorted()
                    .toList()) {
                if (BoxTable.isOne(file)) {
                    tables.put(PhotoFolders.stem(file), new BoxTable(file, photos));
                }
            }
        }
        return switch (tables.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(tables.firstEntry().getValue());
            default -> Optional.of(new DividedSource(folder, tables));
        };
    }

    private static BoxSource parts(Path folder, List<Path> inside, Optional<Path> photos) throws IOException {
        var parts = new TreeMap<String, BoxSource>();
        if (inside.size() <= MOST_PARTS) {
            for (var part : inside) {
                find(part, photos).ifPresent(source -> parts.put(PhotoFolders.nameOf(part), source));
            }
        }
        if (parts.isEmpty()) {
            throw none(folder);
        }
        return parts.size() == 1 ? parts.firstEntry().getValue() : new DividedSource(folder, parts);
    }

    private static BadFileException none(Path path) {
        return new BadFileException(
                path,
                "has no boxes of objects; give a JSON file of COCO's, a folder of Pascal VOC's, a CSV file with the columns"
                        + " file, label, x0, y0, x1 and y1, or data.yaml of YOLO's");
    }
}
