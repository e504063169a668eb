package org.mobilenet4j.formats.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.FileList;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.data.idx.IdxFiles;
import org.mobilenet4j.data.shard.ArchiveFiles;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;

/// Opens data sets in all supported forms:
///
/// - a folder with a subfolder for each class, or with a `metadata.csv` as Hugging Face's data sets have it
/// - one or more archives of such folders, zip or tar, gzipped or not, or the folder that contains the archives
/// - a CSV file of names, relative to it, and labels, see [LabeledFiles]
/// - an IDX file of images beside one of labels, gzipped or not, or the folder that contains them
///
/// In a folder with both training and validation data, they are told apart by name: `train…`, and `val…`, `test…` or
/// `t10k…`. A folder whose only content is another one is passed through. A file `classes.csv` in the folder gives the
/// classes readable names, see [ClassNames].
public final class DataSets {
    private static final List<String> TRAIN = List.of("train");
    /// The better first.
    private static final List<String> VALIDATION = List.of("val", "test", "t10k");
    private static final String METADATA = "metadata.csv";
    private static final int MOST_WRAPPERS = 16;
    private static final String OTHER_ARCHIVES = ".*\\.(tar\\.(xz|bz2|zst|lz4|Z)|txz|tbz2?|tzst|7z|rar)";
    private static final Comparator<Path> BY_NAME = Comparator.comparing(DataSets::nameOf);

    private DataSets() {}

    /// The data set at `paths`; in a folder with training and validation data, the training data.
    ///
    /// @throws BadFileException if there is none, or it cannot be trained on
    /// @throws IOException if it cannot be read
    public static DataSet open(Path... paths) throws IOException {
        if (paths.length == 1 && Files.isDirectory(paths[0])) {
            return train(unwrapped(paths[0]));
        }
        return files(List.of(paths));
    }

    /// Photos whose classes do not matter: a data set as [#open] opens it, or any folder of photos, at any depth. Where
    /// photos lie beside subfolders, they count too.
    ///
    /// @throws BadFileException if there is none
    /// @throws IOException if it cannot be read
    public static DataSet photos(Path... paths) throws IOException {
        if (paths.length == 1
                && Files.isDirectory(paths[0])
                && !Files.isRegularFile(paths[0].resolve(METADATA))
                && !list(paths[0], DataSets::isPhoto).isEmpty()) {
            return Folder.unlabeled(paths[0]);
        }
        try {
            return open(paths);
        } catch (BadFileException e) {
            if (paths.length == 1 && Files.isDirectory(paths[0])) {
                return Folder.unlabeled(paths[0]);
            }
            throw e;
        }
    }

    /// The validation data in a folder or an archive, if any.
    ///
    /// @throws BadFileException if it cannot be used for validation
    /// @throws IOException if it cannot be read
    public static Optional<DataSet> validation(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return isArchive(path)
                    ? ArchiveFiles.validation(path.toString(), List.of(path)).map(data -> data)
                    : Optional.empty();
        }
        var folder = unwrapped(path);
        var names = folder.resolve("classes.csv");
        for (var parts : List.of(folders(folder), archives(folder), pictures(folder))) {
            var chosen = beginning(parts, VALIDATION);
            if (!chosen.isEmpty() && !beginning(parts, TRAIN).isEmpty()) {
                return Optional.of(named(part(folder, chosen), names));
            }
        }
        return Optional.empty();
    }

    /// The folder in `folder` that has the data: itself, unless a folder of folders or archives is all that it has.
    private static Path unwrapped(Path folder) throws IOException {
        var now = folder;
        for (int i = 0; i < MOST_WRAPPERS; i++) {
            var inside = Folder.classFolders(now);
            boolean isWrapper = inside.size() == 1
                    && archives(now).isEmpty()
                    && pictures(now).isEmpty()
                    && holdsData(inside.getFirst());
            if (!isWrapper) {
                break;
            }
            now = inside.getFirst();
        }
        return now;
    }

    private static boolean holdsData(Path folder) throws IOException {
        return !Folder.classFolders(folder).isEmpty()
                || Files.isRegularFile(folder.resolve(METADATA))
                || !archives(folder).isEmpty()
                || !pictures(folder).isEmpty();
    }

    private static DataSet train(Path folder) throws IOException {
        var names = folder.resolve("classes.csv");
        for (var parts : List.of(folders(folder), archives(folder), pictures(folder))) {
            var chosen = beginning(parts, TRAIN);
            boolean divided = !chosen.isEmpty() && !beginning(parts, VALIDATION).isEmpty();
            if (divided || parts.stream().anyMatch(Files::isRegularFile)) {
                return named(part(folder, divided ? chosen : parts), names);
            }
        }
        return named(folder(folder), names);
    }

    private static DataSet folder(Path folder) throws IOException {
        var metadata = folder.resolve(METADATA);
        return Files.isRegularFile(metadata) ? csv(metadata) : Folder.open(folder);
    }

    private static DataSet part(Path folder, List<Path> parts) throws IOException {
        return Files.isDirectory(parts.getFirst()) ? folder(parts.getFirst()) : files(parts, folder.toString());
    }

    private static DataSet named(DataSet data, Path names) throws IOException {
        return Files.isRegularFile(names) ? ClassNames.apply(data, names) : data;
    }

    private static DataSet files(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            throw new BadValueException("no data given; give a folder, archives or a file");
        }
        for (var file : files) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            if (nameOf(file).matches(OTHER_ARCHIVES)) {
                throw new BadFileException(
                        file, "is an archive of a kind that is not read; unpack it, or pack it as .zip or .tar.gz");
            }
        }
        return files(files, files.size() == 1 ? files.getFirst().toString() : files.getFirst() + ", …");
    }

    private static DataSet files(List<Path> files, String name) throws IOException {
        if (files.stream().allMatch(DataSets::isArchive)) {
            return ArchiveFiles.open(name, files);
        }
        if (files.size() == 1 && nameOf(files.getFirst()).endsWith(".csv")) {
            return csv(files.getFirst());
        }
        if (files.size() == 1 && isPictures(files.getFirst())) {
            return idx(files.getFirst());
        }
        throw new BadFileException(
                name,
                "is not a data set; give a folder with a subfolder for each class, zip or tar archives of such folders,"
                        + " a CSV file with the columns file and label, or an IDX file of images");
    }

    private static DataSet csv(Path csv) throws IOException {
        var folder = csv.toAbsolutePath().getParent();
        var rows = LabeledFiles.read(csv, folder == null ? csv : folder);
        return FileList.of(
                csv.toString(),
                rows.stream()
                        .map(row -> new FileList.Entry(row.file(), row.label()))
                        .toList());
    }

    private static DataSet idx(Path images) throws IOException {
        var name =
                String.valueOf(images.getFileName()).replace("images", "labels").replace("idx3", "idx1");
        var labels = images.resolveSibling(name);
        if (!Files.exists(labels)) {
            throw new BadFileException(images, "its labels, " + labels + ", are missing; put them beside it");
        }
        return IdxFiles.open(images, labels);
    }

    /// Those that begin with the first of `starts` with which any does.
    private static List<Path> beginning(List<Path> paths, List<String> starts) {
        for (var start : starts) {
            var found = paths.stream()
                    .filter(path -> nameOf(path).startsWith(start))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<Path> folders(Path folder) throws IOException {
        var all = Folder.classFolders(folder);
        // A class may also be named train or test; only a folder of folders is a training or validation set.
        return all.size() <= 4 && all.stream().allMatch(DataSets::isPart) ? all : List.of();
    }

    private static boolean isPart(Path folder) {
        try {
            return Files.isRegularFile(folder.resolve(METADATA))
                    || !Folder.classFolders(folder).isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    private static List<Path> archives(Path folder) throws IOException {
        return list(folder, DataSets::isArchive);
    }

    private static List<Path> pictures(Path folder) throws IOException {
        return list(folder, DataSets::isPictures);
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && wanted.test(file))
                    .sorted(BY_NAME)
                    .toList();
        }
    }

    private static boolean isArchive(Path file) {
        return nameOf(file).matches(".*\\.(tar|tar\\.gz|tgz|zip)");
    }

    private static boolean isPictures(Path file) {
        return nameOf(file).matches(".*images[-.]idx3-ubyte(\\.gz)?");
    }

    private static boolean isPhoto(Path file) {
        return nameOf(file).matches(".*\\.(jpe?g|png|webp|bmp|gif)");
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
