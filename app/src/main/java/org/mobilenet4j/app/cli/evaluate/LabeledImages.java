package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.dataset.LabeledFiles;
import org.mobilenet4j.model.Model;

/// Reads the CSV file with the photos' labels: columns `file`, relative to a folder, and `label`, a class name or a
/// class index.
final class LabeledImages {
    private final Path csv;
    private final Path folder;
    private final int classes;
    private final Map<String, SortedSet<Integer>> byText = new HashMap<>();

    private LabeledImages(Path csv, Path folder, Model model) {
        this.csv = csv;
        this.folder = folder;
        this.classes = model.classes();
        for (int i = 0; i < model.labels().size(); i++) {
            byText.computeIfAbsent(model.label(i), _ -> new TreeSet<>()).add(i);
        }
    }

    /// Reads the photos listed in `csv`, in its order.
    ///
    /// @throws IOException when it cannot be read, or naming the row whose file is wrong
    /// @throws IllegalArgumentException naming the row whose label is wrong
    static List<LabeledImage> read(Path csv, Path folder, Model model) throws IOException {
        return new LabeledImages(csv, folder, model).images();
    }

    private List<LabeledImage> images() throws IOException {
        var images = new ArrayList<LabeledImage>();
        for (var row : LabeledFiles.read(csv, folder)) {
            var right = right(row.label(), row.place());
            images.add(new LabeledImage(row.file(), right.first(), right));
        }
        return images;
    }

    private SortedSet<Integer> right(String label, String place) {
        var named = byText.get(label);
        if (named != null) {
            return named;
        }
        if (label.matches("[0-9]{1,9}") && Integer.parseInt(label) < classes) {
            return new TreeSet<>(Set.of(Integer.parseInt(label)));
        }
        throw new BadValueException(place + ": there is no class '" + label + "'"
                + (byText.isEmpty()
                        ? "; the model has no label names, so give them with --label-names, or an index below "
                                + classes
                        : "; use one of the model's labels, or an index below " + classes));
    }
}
