package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.file.ContainedFile;
import org.mobilenet4j.formats.file.Table;

/// A CSV file with the columns `file`, `label`, `x0`, `y0`, `x1`, `y1` in any order, or other usual names of these,
/// with
/// a row for each object; edges are pixels counted from 0. A row with a file only is a photo without objects. The
/// classes
/// are the labels that occur, sorted.
///
/// @param csv the file
/// @param photos the folder of the photos, if it is said
record BoxTable(Path csv, Optional<Path> photos) implements BoxSource {
    private static final List<String> FILES =
            List.of("file", "file_name", "filename", "image", "path", "image_path", "image_id");
    private static final List<String> LABELS = List.of("label", "class", "category", "class_name", "name");
    private static final List<List<String>> COLUMNS = List.of(
            FILES,
            LABELS,
            List.of("x0", "xmin", "x_min", "left"),
            List.of("y0", "ymin", "y_min", "top"),
            List.of("x1", "xmax", "x_max", "right"),
            List.of("y1", "ymax", "y_max", "bottom"));
    /// With corners that are called the first and the second.
    private static final List<List<String>> FROM_ONE =
            List.of(FILES, LABELS, List.of("x1"), List.of("y1"), List.of("x2"), List.of("y2"));
    private static final int FILE = 0;
    private static final int LABEL = 1;
    private static final int X0 = 2;
    private static final int Y0 = 3;
    private static final int X1 = 4;
    private static final int Y1 = 5;

    /// Whether `csv` has the columns of a table of boxes.
    static boolean isOne(Path csv) throws IOException {
        return Table.has(csv, columns(csv));
    }

    private static List<List<String>> columns(Path csv) throws IOException {
        return Table.has(csv, FROM_ONE) ? FROM_ONE : COLUMNS;
    }

    @Override
    public List<String> splits() {
        return List.of();
    }

    @Override
    public Annotations read(String split) throws IOException {
        throw SplitName.unknown(csv, split, List.of());
    }

    @Override
    public Annotations read() throws IOException {
        var rows = rows();
        var labels = rows.stream()
                .map(Row::label)
                .filter(label -> !label.isEmpty())
                .distinct()
                .sorted()
                .toList();
        var numbers = new HashMap<String, Integer>();
        labels.forEach(label -> numbers.put(label, numbers.size()));
        var folder = photoFolder(rows);
        var marked = new LinkedHashMap<Path, MarkedPhoto>();
        for (var row : rows) {
            var file = ContainedFile.of(folder, row.file(), row.place().toString());
            var photo = marked.computeIfAbsent(
                    file, _ -> new MarkedPhoto(file, 0, 0, false, new ArrayList<>(), row.place()));
            if (!row.label().isEmpty()) {
                photo.boxes().add(new MarkedBox(numbers.getOrDefault(row.label(), 0), row.box(), row.place()));
            }
        }
        var all = new AnnotationBuilder(csv.toString());
        for (var photo : marked.values()) {
            all.add(photo);
        }
        return all.build(labels);
    }

    private Path photoFolder(List<Row> rows) {
        if (photos.isPresent()) {
            return photos.get();
        }
        var folders = PhotoFolders.around(csv, PhotoFolders.stem(csv));
        return PhotoFolders.holding(
                        folders, rows.stream().limit(100).map(Row::file).toList())
                .orElse(folders.getFirst());
    }

    /// A row; without a label, a photo that shows nothing.
    private record Row(String file, String label, Box box, Place place) {}

    private List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        var known = new HashMap<String, String>();
        Table.visit(csv, columns(csv), row -> {
            // The heading is row 1.
            var place = new Place(csv, "row", rows.size() + 2, 0);
            rows.add(row(row.values(), place, known));
        });
        return rows;
    }

    /// @param known files and labels so far, of which each row would otherwise keep its own copy
    private static Row row(List<String> values, Place place, Map<String, String> known) throws BadFileException {
        var label = values.get(LABEL).strip();
        boolean isBare = label.isEmpty() && values.subList(X0, Y1 + 1).stream().allMatch(String::isBlank);
        if (label.isEmpty() && !isBare) {
            throw new BadFileException(place.toString(), "has a box without a label; add it, or take the row out");
        }
        var file = known.computeIfAbsent(values.get(FILE), name -> name);
        return new Row(
                file,
                known.computeIfAbsent(label, name -> name),
                isBare ? new Box(0, 0, 0, 0) : box(values, place),
                place);
    }

    private static Box box(List<String> values, Place place) throws BadFileException {
        return new Box(
                Numbers.number(values.get(Y0), "upper edge (y0)", place),
                Numbers.number(values.get(X0), "left edge (x0)", place),
                Numbers.number(values.get(Y1), "lower edge (y1)", place),
                Numbers.number(values.get(X1), "right edge (x1)", place));
    }
}
