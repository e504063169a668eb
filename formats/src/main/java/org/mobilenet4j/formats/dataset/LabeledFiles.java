package org.mobilenet4j.formats.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// Reads a CSV file of labeled photos with the columns `file`, relative to a folder, and `label`.
public final class LabeledFiles {
    private LabeledFiles() {}

    /// A row.
    ///
    /// @param place name of the row in messages
    /// @param file path of the photo
    /// @param label as in the CSV file
    public record Row(String place, Path file, String label) {}

    /// The photos listed in `csv`, in its order.
    ///
    /// @throws BadFileException if there are none, `folder` is not a directory, or a row is wrong, which is then
    ///     named
    /// @throws IOException if it cannot be read
    public static List<Row> read(Path csv, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadFileException(folder, "is not a directory; give the folder of the photos");
        }
        var rows = new ArrayList<Row>();
        for (var row : Table.read(csv, List.of("file", "label"))) {
            var file = file(folder, row.values().getFirst(), row.place());
            rows.add(new Row(row.place(), file, row.values().getLast()));
        }
        if (rows.isEmpty()) {
            throw new BadFileException(csv, "lists no photos; add a line for each");
        }
        return rows;
    }

    private static Path file(Path folder, String name, String place) throws BadFileException {
        try {
            var file = folder.resolve(name).normalize();
            if (!name.isBlank()
                    && file.startsWith(folder.normalize())
                    && !Path.of(name).isAbsolute()) {
                return file;
            }
        } catch (InvalidPathException _) {
            // Falls through to the same answer.
        }
        throw new BadFileException(place, "'" + OneLine.of(name) + "' is not a file in " + folder);
    }
}
