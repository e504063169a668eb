package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.FilePhoto;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.dataset.LabeledFiles;
import org.mobilenet4j.model.Model;

/// The photos to evaluate, and which of the model's classes are right for them: those that have the photo's label as
/// their name, whatever its case, or the class of which it is the index.
final class LabeledImages {
    private final int classes;
    private final Map<String, SortedSet<Integer>> byText = new HashMap<>();
    private final Map<String, SortedSet<Integer>> byFolded = new HashMap<>();

    private LabeledImages(Model model) {
        this.classes = model.classes();
        for (int i = 0; i < model.labels().size(); i++) {
            byText.computeIfAbsent(model.label(i), _ -> new TreeSet<>()).add(i);
            byFolded.computeIfAbsent(folded(model.label(i)), _ -> new TreeSet<>())
                    .add(i);
        }
    }

    private static String folded(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }

    /// Reads the photos listed in `csv`, in its order: columns `file`, relative to `folder`, and `label`.
    ///
    /// @throws IOException when it cannot be read, or naming the row whose file is wrong
    /// @throws IllegalArgumentException naming the row whose label is wrong
    static List<LabeledImage> read(Path csv, Path folder, Model model) throws IOException {
        var labels = new LabeledImages(model);
        var images = new ArrayList<LabeledImage>();
        for (var row : LabeledFiles.read(csv, folder)) {
            var right = labels.right(row.label(), row.place());
            images.add(new LabeledImage(new FilePhoto(row.file()), right.first(), right));
        }
        return images;
    }

    /// The photos of `data`. If the model has as many classes, of which none has the name of one of the data's, both
    /// are
    /// taken to be in the same order.
    ///
    /// @throws IOException when they cannot be read
    /// @throws IllegalArgumentException naming the class that the model does not have
    static List<LabeledImage> of(DataSet data, Model model) throws IOException {
        var labels = new LabeledImages(model);
        boolean isByOrder = data.labels().size() == model.classes()
                && data.labels().stream().noneMatch(label -> labels.byFolded.containsKey(folded(label)));
        var right = new ArrayList<SortedSet<Integer>>();
        for (int c = 0; c < data.labels().size(); c++) {
            right.add(
                    isByOrder
                            ? new TreeSet<>(Set.of(c))
                            : labels.right(data.labels().get(c), data.name()));
        }
        var images = new ArrayList<LabeledImage>();
        try (var reader = data.inOrder()) {
            for (var sample = reader.next(); sample.isPresent(); sample = reader.next()) {
                var own = right.get(sample.get().label());
                images.add(new LabeledImage(sample.get().photo(), own.first(), own));
            }
        }
        return images;
    }

    private SortedSet<Integer> right(String label, String place) {
        var named = byText.get(label);
        if (named != null) {
            return named;
        }
        var folded = byFolded.get(folded(label));
        if (folded != null) {
            return folded;
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
