package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.data.Names;

/// The photos in a few folders, found by their names with or without their endings, whose case does not matter.
final class PhotoFolders {
    private static final List<String> ENDINGS = List.of("jpg", "jpeg", "png", "webp", "bmp", "gif");
    private static final List<String> USUAL = List.of("", "images", "JPEGImages", "data", "photos");

    private final Map<String, Path> byName = new HashMap<>();
    private final Map<String, Path> byStem = new HashMap<>();

    /// @param folders the first come first
    PhotoFolders(List<Path> folders) throws IOException {
        for (var folder : folders) {
            for (var file : photos(folder)) {
                byName.putIfAbsent(nameOf(file), file);
                byStem.putIfAbsent(stem(file), file);
            }
        }
    }

    /// The photo called `name`.
    Optional<Path> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The photo called `stem` and an ending.
    Optional<Path> stemmed(String stem) {
        return Optional.ofNullable(byStem.get(stem));
    }

    /// The folders where the photos of a file may be: beside it or one above, in folders of the usual names, or in that
    /// called `part`.
    static List<Path> around(Path file, String part) {
        var beside = file.getParent() == null ? Path.of("") : file.getParent();
        var folders = new ArrayList<Path>();
        for (var base : List.of(beside, beside.resolve("..").normalize())) {
            for (var usual : USUAL) {
                folders.add(base.resolve(usual));
                folders.add(base.resolve(usual).resolve(part));
            }
        }
        return folders;
    }

    /// The first of `folders` in which there is a file of one of `names`.
    static Optional<Path> holding(List<Path> folders, List<String> names) {
        return folders.stream()
                .filter(folder -> Files.isDirectory(folder) && names.stream().anyMatch(name -> isIn(folder, name)))
                .findFirst();
    }

    private static boolean isIn(Path folder, String name) {
        try {
            return Files.isRegularFile(folder.resolve(name));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// The photos in `folder`, which need not exist, by the order of their names.
    static List<Path> photos(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> isPhoto(file) && !Names.isPassedOver(nameOf(file)))
                    .sorted()
                    .toList();
        }
    }

    /// The photos in `folder` and in folders in it, by the order of their paths.
    ///
    /// @throws IOException if there is no file, or it cannot be read
    static List<Path> allPhotos(Path folder) throws IOException {
        return Folder.photos(folder).stream().filter(PhotoFolders::isPhoto).toList();
    }

    static boolean isPhoto(Path file) {
        return ENDINGS.contains(ending(file));
    }

    /// What is behind the last dot of a file's name, in lower case.
    static String ending(Path file) {
        var name = nameOf(file);
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// A file's name up to the last dot.
    static String stem(Path file) {
        var name = nameOf(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
