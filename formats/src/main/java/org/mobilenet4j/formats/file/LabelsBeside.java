package org.mobilenet4j.formats.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.OutputMeaning;
import org.mobilenet4j.model.file.LabelFile;

/// Reads labels from a file `labels.txt` beside a model that has none.
public final class LabelsBeside {
    private static final String LABELS = "labels.txt";

    private LabelsBeside() {}

    /// A label for each class of `network`, or for its only output; none if the file does not exist or does not fit.
    /// Adds a note on the result to `notes`.
    public static List<String> find(Path model, Network network, Map<String, String> notes) throws IOException {
        var beside = model.resolveSibling(LABELS);
        if (!Files.isRegularFile(beside)) {
            return List.of();
        }
        try {
            var labels = LabelFile.read(beside);
            int classes = OutputMeaning.classes(network);
            if (labels.size() == classes || labels.size() == network.output().channels()) {
                notes.put("labels", LABELS + " beside the file");
                return labels;
            }
            notes.put(
                    "labels",
                    "none; " + LABELS + " beside the file has " + labels.size() + " for " + classes + " classes");
        } catch (BadFileException e) {
            // The file was not requested, so it must not prevent the model from being read.
            notes.put("labels", "none; " + e.getMessage());
        }
        return List.of();
    }
}
