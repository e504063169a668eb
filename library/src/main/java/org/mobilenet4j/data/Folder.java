package org.mobilenet4j.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;

/// A folder with a subfolder for each class: `photos/cat/1.jpeg`. Subfolders may be nested further.
///
/// Names that [Names] passes over are skipped, and so are files beside the subfolders. Every other file counts as a
/// photo;
/// whether it is one shows when it is read.
public final class Folder {
    private static final Comparator<Path> BY_NAME = Comparator.comparing(path -> String.valueOf(path.getFileName()));

    private static final String IN_UTF8 = "run in a locale with UTF-8 (LC_ALL=C.UTF-8), or rename it";

    private Folder() {}

    /// The data set in `folder`, with classes and files in the order of their names.
    ///
    /// @throws BadFileException when there are fewer than two classes, or a class has no files
    /// @throws IOException when it cannot be read
    public static DataSet open(Path folder) throws IOException {
        Objects.requireNonNull(folder, "folder");
        var entries = new ArrayList<FileList.Entry>();
        for (var classFolder : classFolders(folder)) {
            var files = files(classFolder);
            if (files.isEmpty()) {
                throw new BadFileException(classFolder, "this class has no photos; add some, or remove the folder");
            }
            var label = String.valueOf(classFolder.getFileName());
            files.forEach(file -> entries.add(new FileList.Entry(file, label)));
        }
        if (entries.isEmpty()) {
            throw new BadFileException(folder, "has no folders of photos; create one for each class");
        }
        return FileList.of(folder.toString(), entries);
    }

    /// All files in `folder`, at any depth, in the order of their names, as unlabeled photos: each gets the first
    /// of `classes`.
    ///
    /// @throws BadFileException when there are fewer than two classes, or no file
    /// @throws IOException when it cannot be read
    public static DataSet unlabeled(Path folder, List<String> classes) throws IOException {
        return FileList.of(
                folder.toString(),
                photos(folder).stream()
                        .map(file -> new FileList.Entry(file, classes.getFirst()))
                        .toList(),
                classes);
    }

    /// All files in `folder`, at any depth, in the order of their names, as photos whose classes do not matter.
    ///
    /// @throws BadFileException when there is no file
    /// @throws IOException when it cannot be read
    public static DataSet unlabeled(Path folder) throws IOException {
        return FileList.unlabeled(folder.toString(), photos(folder));
    }

    /// All files in `folder`, at any depth, in the order of their names.
    ///
    /// @throws BadFileException when there is no file
    /// @throws IOException when it cannot be read
    public static List<Path> photos(Path folder) throws IOException {
        Objects.requireNonNull(folder, "folder");
        var files = files(folder);
        if (files.isEmpty()) {
            throw new BadFileException(folder, "has no photos; add some");
        }
        return files;
    }

    /// The class folders in `folder`, in the order of their names.
    ///
    /// @throws IOException when it cannot be read
    public static List<Path> classFolders(Path folder) throws IOException {
        Objects.requireNonNull(folder, "folder");
        try (var all = Files.list(folder)) {
            var folders = all.filter(path -> Files.isDirectory(path) && !isPassedOver(path))
                    .sorted(BY_NAME)
                    .toList();
            for (var found : folders) {
                Names.requireDecoded(folder.toString(), String.valueOf(found.getFileName()), IN_UTF8);
            }
            return folders;
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    private static List<Path> files(Path classFolder) throws IOException {
        try (var all = Files.walk(classFolder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(path -> shown(classFolder.relativize(path)) && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw unreadable(classFolder, e);
        }
    }

    private static boolean shown(Path path) {
        for (var part : path) {
            if (isPassedOver(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPassedOver(Path path) {
        return Names.isPassedOver(String.valueOf(path.getFileName()));
    }

    private static BadFileException unreadable(Path folder, UncheckedIOException e) {
        return new BadFileException(folder, "cannot be read (" + e.getCause() + "); check links and permissions", e);
    }
}
