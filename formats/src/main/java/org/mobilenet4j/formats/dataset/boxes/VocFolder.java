package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// A folder of Pascal VOC's: `Annotations/*.xml`, photos in `JPEGImages`, lists of them in `ImageSets/Main/*.txt`; or a
/// folder of such XML files, with the photos beside them.
///
/// The classes are those of all XML files, by their names, so that all parts have the same.
final class VocFolder implements BoxSource {
    private static final List<String> ANNOTATIONS = List.of("Annotations", "annotations");
    private static final List<String> PHOTOS = List.of("JPEGImages", "images", "Images");
    /// VOC's own lists of one class.
    private static final String OF_ONE_CLASS = ".+_(train|val|trainval|test)";

    private final Path folder;
    private final Path annotations;
    private final Optional<Path> photos;

    private VocFolder(Path folder, Path annotations, Optional<Path> photos) {
        this.folder = folder;
        this.annotations = annotations;
        this.photos = photos;
    }

    /// The data in `folder`, if it has XML files.
    ///
    /// @param photos the folder of the photos, if it is said
    static Optional<BoxSource> find(Path folder, Optional<Path> photos) throws IOException {
        for (var name : ANNOTATIONS) {
            if (hasXml(folder.resolve(name))) {
                return Optional.of(new VocFolder(folder, folder.resolve(name), photos));
            }
        }
        return hasXml(folder) ? Optional.of(new VocFolder(folder, folder, photos)) : Optional.empty();
    }

    private static boolean hasXml(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.anyMatch(VocFolder::isXml);
        }
    }

    private static boolean isXml(Path file) {
        return PhotoFolders.ending(file).equals("xml")
                && !PhotoFolders.nameOf(file).startsWith(".");
    }

    private Path lists() {
        return folder.resolve("ImageSets").resolve("Main");
    }

    @Override
    public List<String> splits() {
        try (var files = Files.list(lists())) {
            return files.filter(file -> PhotoFolders.ending(file).equals("txt"))
                    .map(PhotoFolders::stem)
                    .filter(name -> !name.matches(OF_ONE_CLASS))
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    @Override
    public Annotations read() throws IOException {
        var files = files();
        var all = new AnnotationBuilder(folder.toString());
        return annotations(all, files, files.values());
    }

    @Override
    public Annotations read(String split) throws IOException {
        var list = lists().resolve(split + ".txt");
        if (!split.equals(PhotoFolders.nameOf(Path.of(split))) || !Files.isRegularFile(list)) {
            throw SplitName.unknown(folder, split, splits());
        }
        var files = files();
        var part = new AnnotationBuilder(folder + "#" + split);
        var wanted = new LinkedHashSet<VocFile>();
        for (var line : TextLine.read(list)) {
            var file = listed(line, files);
            if (!wanted.add(file)) {
                part.addRepeated(line.place());
            }
        }
        return annotations(part, files, wanted);
    }

    /// The file that a line names by its photo's name with or without an ending; in lists of one class, a number
    /// follows.
    private VocFile listed(TextLine line, Map<String, VocFile> files) throws BadFileException {
        var name = line.text();
        for (var candidate : List.of(name, name.replaceFirst("\\s+-?\\d+$", ""), name.replaceFirst("\\.[^.]*$", ""))) {
            var file = files.get(candidate);
            if (file != null) {
                return file;
            }
        }
        throw new BadFileException(
                line.place().toString(),
                "names '" + OneLine.of(name) + "', of which there is no XML file in " + annotations
                        + "; add it, or take the line out");
    }

    /// All XML files by their names without the ending.
    private Map<String, VocFile> files() throws IOException {
        var files = new LinkedHashMap<String, VocFile>();
        try (var all = Files.list(annotations)) {
            for (var file : all.filter(VocFolder::isXml).sorted().toList()) {
                files.put(PhotoFolders.stem(file), VocFile.read(file));
            }
        }
        return files;
    }

    private Annotations annotations(AnnotationBuilder part, Map<String, VocFile> all, Collection<VocFile> wanted)
            throws IOException {
        var labels = all.values().stream()
                .flatMap(file -> file.objects().stream())
                .map(VocFile.VocObject::name)
                .distinct()
                .sorted()
                .toList();
        var numbers = new HashMap<String, Integer>();
        labels.forEach(label -> numbers.put(label, numbers.size()));
        var found = photoFolders();
        for (var file : wanted) {
            var boxes = file.objects().stream()
                    .map(object -> new MarkedBox(
                            numbers.getOrDefault(object.name(), 0),
                            object.box(),
                            Double.NaN,
                            object.isDifficult() ? ObjectBox.Kind.DIFFICULT : ObjectBox.Kind.COUNTED,
                            object.place()))
                    .toList();
            part.add(new MarkedPhoto(
                    photo(file, found), file.height(), file.width(), false, boxes, new Place(file.file(), 1)));
        }
        return part.build(labels);
    }

    private PhotoFolders photoFolders() throws IOException {
        if (photos.isPresent()) {
            return new PhotoFolders(List.of(photos.get()));
        }
        var folders = new ArrayList<Path>();
        for (var around : around()) {
            PHOTOS.forEach(name -> folders.add(around.resolve(name)));
            folders.add(around);
        }
        return new PhotoFolders(folders);
    }

    /// Where photos or folders of them may be; beside the folder `Annotations`, if that alone is given.
    private List<Path> around() {
        return ANNOTATIONS.contains(PhotoFolders.nameOf(folder))
                ? List.of(folder, folder.resolve("..").normalize())
                : List.of(folder, annotations);
    }

    /// A photo has the name of its XML file; programs that rename photos leave their old names in the files.
    private Path photo(VocFile file, PhotoFolders found) {
        var stem = PhotoFolders.stem(file.file());
        var name = file.photo()
                .substring(Math.max(file.photo().lastIndexOf('/'), file.photo().lastIndexOf('\\')) + 1);
        return (name.startsWith(stem + ".") ? found.named(name) : Optional.<Path>empty())
                .or(() -> found.stemmed(stem))
                .or(() -> found.named(name))
                .orElse(folder.resolve(stem + ".jpg"));
    }
}
