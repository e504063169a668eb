package org.mobilenet4j.app;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.mobilenet4j.model.Model;

/// The CSV file that says what photos show: columns `file`, relative to a folder, and `label`, which is a class's text
/// or its index.
final class LabelledImages {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final long MAX_BYTES = 256L << 20;

    private final Path csv;
    private final Path folder;
    private final int classes;
    private final Map<String, SortedSet<Integer>> byText = new HashMap<>();

    private LabelledImages(Path csv, Path folder, Model model) {
        this.csv = csv;
        this.folder = folder;
        this.classes = model.classes();
        for (int i = 0; i < model.labels().size(); i++) {
            byText.computeIfAbsent(model.label(i), _ -> new TreeSet<>()).add(i);
        }
    }

    /// The photos that `csv` names, in its order.
    ///
    /// @throws IOException when it cannot be read
    /// @throws IllegalArgumentException naming the row whose label or file is wrong
    static List<LabelledImage> read(Path csv, Path folder, Model model) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + ": is not a directory; name the one that the photos lie in");
        }
        return new LabelledImages(csv, folder, model).images();
    }

    private List<LabelledImage> images() throws IOException {
        var rules = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        var images = new ArrayList<LabelledImage>();
        try (var rows = rules.parse(new StringReader(text()))) {
            if (!rows.getHeaderMap().keySet().containsAll(Set.of("file", "label"))) {
                throw new IllegalArgumentException(csv + ": its first line must name the columns file and label");
            }
            for (var row : rows) {
                images.add(image(row));
            }
        } catch (UncheckedIOException e) {
            throw new IOException(csv + ": is damaged CSV: " + FailureText.line(e), e);
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException(csv + ": names no photos; add a line for each");
        }
        return images;
    }

    private String text() throws IOException {
        if (Files.isDirectory(csv)) {
            throw new IllegalArgumentException(csv + ": is a directory; name the CSV file");
        }
        if (Files.size(csv) > MAX_BYTES) {
            throw new IllegalArgumentException(csv + ": is longer than the limit of " + MAX_BYTES + " bytes");
        }
        try {
            var text = Files.readString(csv);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException(csv + ": is not text in UTF-8; convert it", e);
        }
    }

    private LabelledImage image(CSVRecord row) {
        // The heading is line 1.
        var place = csv + ": row " + (row.getRecordNumber() + 1);
        if (!row.isSet("file") || !row.isSet("label")) {
            throw new IllegalArgumentException(place + ": has no file or no label");
        }
        var right = right(row.get("label"), place);
        return new LabelledImage(file(row.get("file"), place), right.first(), right);
    }

    private SortedSet<Integer> right(String label, String place) {
        var named = byText.get(label);
        if (named != null) {
            return named;
        }
        if (label.matches("[0-9]{1,9}") && Integer.parseInt(label) < classes) {
            return new TreeSet<>(Set.of(Integer.parseInt(label)));
        }
        throw new IllegalArgumentException(place + ": no class is called '" + label + "'"
                + (byText.isEmpty()
                        ? "; the model has no label names, so give them with --label-names, or an index below "
                                + classes
                        : "; take a label of the model, or an index below " + classes));
    }

    private Path file(String name, String place) {
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
        throw new IllegalArgumentException(place + ": '" + name + "' is not a file in " + folder);
    }
}
