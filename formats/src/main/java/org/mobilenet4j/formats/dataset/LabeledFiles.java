package org.mobilenet4j.formats.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.file.ContainedFile;
import org.mobilenet4j.formats.file.Table;
import org.mobilenet4j.text.OneLine;

/// Reads a CSV file of labeled photos with the columns `file`, in a folder, and `label`, or other usual names of these:
/// `file_name`, `filename`, `image`, `path`; `class`, `category`. In any order, separated by commas, semicolons or
/// tabs.
public final class LabeledFiles {
    private static final List<List<String>> COLUMNS = List.of(
            List.of("file", "file_name", "filename", "image", "path", "image_path"),
            List.of("label", "class", "category", "class_name"));

    private LabeledFiles() {}

    /// A row.
    ///
    /// @param place name of the row in messages
    /// @param file path of the photo
    /// @param label as in the CSV file
    public record Row(String place, Path file, String label) {
        public Row {
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(label, "label");
        }
    }

    /// The photos listed in `csv`, in its order.
    ///
    /// @throws BadFileException if there are none, `folder` is not a directory, or a row is wrong, which is then
    ///     named
    /// @throws IOException if it cannot be read
    public static List<Row> read(Path csv, Path folder) throws IOException {
        Objects.requireNonNull(csv, "csv");
        Objects.requireNonNull(folder, "folder");
        if (!Files.isDirectory(folder)) {
            throw new BadFileException(folder, "is not a directory; give the folder of the photos");
        }
        var rows = new ArrayList<Row>();
        var labels = new HashMap<Path, Row>();
        for (var values : Table.read(csv, COLUMNS)) {
            var file = ContainedFile.of(folder, values.values().getFirst(), values.place());
            var label = values.values().getLast();
            if (label.isBlank()) {
                throw new BadFileException(values.place(), "has no label; add it, or take the row out");
            }
            var row = new Row(values.place(), file, label);
            var other = labels.putIfAbsent(file, row);
            if (other != null && !other.label().equals(label)) {
                throw new BadFileException(
                        row.place(),
                        "gives " + OneLine.of(values.values().getFirst()) + " the label '" + OneLine.of(label)
                                + "', but another row '" + OneLine.of(other.label()) + "'; keep one of them");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new BadFileException(csv, "lists no photos; add a line for each");
        }
        return rows;
    }
}
