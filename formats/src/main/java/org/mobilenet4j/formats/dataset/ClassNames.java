package org.mobilenet4j.formats.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Renamed;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.file.Table;
import org.mobilenet4j.text.OneLine;

/// Readable names for classes that are named by ids, from a CSV file with the columns `wnid` and `name`.
public final class ClassNames {
    private ClassNames() {}

    /// `data` with the class names in `csv`. The order of classes does not change; unused names are ignored.
    ///
    /// @throws BadFileException if the file is damaged or has no name for a class
    /// @throws IOException if it cannot be read
    public static DataSet apply(DataSet data, Path csv) throws IOException {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(csv, "csv");
        var names = new HashMap<String, String>();
        for (var row : Table.read(csv, List.of(List.of("wnid"), List.of("name")))) {
            if (row.values().getLast().isBlank()
                    || names.put(row.values().getFirst(), row.values().getLast()) != null) {
                throw new BadFileException(
                        row.place(), "gives a class no name or a second name; give each class one name");
            }
        }
        for (var label : data.labels()) {
            if (!names.containsKey(label)) {
                throw new BadFileException(
                        csv,
                        "has no name for the class '" + OneLine.of(label) + "' of " + data.name()
                                + "; add a line for it");
            }
        }
        return new Renamed(
                data,
                data.labels().stream().map(id -> names.getOrDefault(id, id)).toList());
    }
}
