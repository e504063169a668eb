package org.mobilenet4j.data;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// A list of photo files with their labels.
public final class FileList extends IndexedDataSet {
    /// A file and the name of its class.
    ///
    /// @param file the photo's file
    /// @param label its class's name
    public record Entry(Path file, String label) {
        public Entry {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(label, "label");
        }
    }

    private final String name;
    private final List<String> labels;
    private final Path[] files;
    private final int[] classes;

    private FileList(String name, List<String> labels, Path[] files, int[] classes) {
        this.name = name;
        this.labels = labels;
        this.files = files;
        this.classes = classes;
    }

    /// A data set of `entries`, in their order, whose classes are the labels that occur, sorted.
    ///
    /// @param name what messages call it
    /// @throws BadFileException when there are fewer than two classes
    public static FileList of(String name, List<Entry> entries) throws BadFileException {
        return of(
                name,
                entries,
                entries.stream()
                        .map(Entry::label)
                        .distinct()
                        .sorted(Comparator.naturalOrder())
                        .toList());
    }

    /// A data set of `entries`, in their order, with these classes.
    ///
    /// @param name what messages call it
    /// @throws BadFileException when there are fewer than two classes, or an entry has another one
    public static FileList of(String name, List<Entry> entries, List<String> labels) throws BadFileException {
        Labels.requireSeveral(name, labels);
        var numbers = new HashMap<String, Integer>();
        IntStream.range(0, labels.size()).forEach(i -> numbers.putIfAbsent(labels.get(i), i));
        var classes = new int[entries.size()];
        for (int i = 0; i < classes.length; i++) {
            var entry = entries.get(i);
            var number = numbers.get(entry.label());
            if (number == null) {
                throw new BadFileException(
                        name,
                        entry.file() + " has the label '"
                                + OneLine.of(entry.label())
                                + "', which is not among the " + labels.size()
                                + " classes; correct it or add the class");
            }
            classes[i] = number;
        }
        return new FileList(
                name, List.copyOf(labels), entries.stream().map(Entry::file).toArray(Path[]::new), classes);
    }

    /// A data set of `files` whose classes do not matter: all have the same.
    ///
    /// @param name what messages call it
    static FileList unlabeled(String name, List<Path> files) {
        return new FileList(name, List.of("photo"), files.toArray(Path[]::new), new int[files.size()]);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return files.length;
    }

    @Override
    public int label(int index) {
        return classes[index];
    }

    @Override
    public Sample sample(int index) {
        var file = files[index];
        return new Sample(index, file.toString(), classes[index], new FilePhoto(file));
    }
}
