package org.mobilenet4j.formats.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.OutputMeaning;
import org.mobilenet4j.model.file.LabelFile;

/// Reads labels from a file `labels.txt` or `labelmap.txt` beside a model that has none.
public final class LabelsBeside {
    private static final List<String> NAMES = List.of("labels.txt", "labelmap.txt");

    private LabelsBeside() {}

    /// A label for each class of `network`, or for its only output; none if the file does not exist or does not fit.
    /// Adds a note on the result to `notes`.
    public static List<String> find(Path model, Network network, Map<String, String> notes) throws IOException {
        return find(
                model, counts(OutputMeaning.classes(network), network.output().channels()), notes);
    }

    private static Set<Integer> counts(int one, int other) {
        return one == other ? Set.of(one) : Set.of(one, other);
    }

    /// As many labels as one of `counts`; none if the file does not exist or does not fit. Adds a note on the result to
    /// `notes`.
    public static List<String> find(Path model, Set<Integer> counts, Map<String, String> notes) throws IOException {
        for (var name : NAMES) {
            var beside = model.resolveSibling(name);
            if (Files.isRegularFile(beside)) {
                return read(beside, name, counts, notes);
            }
        }
        return List.of();
    }

    private static List<String> read(Path beside, String name, Set<Integer> counts, Map<String, String> notes)
            throws IOException {
        try {
            var labels = LabelFile.read(beside);
            int classes = counts.stream().mapToInt(Integer::intValue).min().orElse(0);
            var fitting = LabelFile.fitting(labels, classes);
            if (counts.contains(fitting.size())) {
                notes.put("labels", name + " beside the file");
                return fitting;
            }
            notes.put(
                    "labels",
                    "none; " + name + " beside the file has " + labels.size() + " for " + classes + " classes");
        } catch (BadFileException e) {
            // The file was not requested, so it must not prevent the model from being read.
            notes.put("labels", "none; " + e.getMessage());
        }
        return List.of();
    }
}
