package org.mobilenet4j.formats.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Tensor;

/// Anchors in a text file beside a detector that has none: a line `cy,cx,h,w` for each, the sides of the photo being 1,
/// in the order of the file's boxes.
public final class AnchorsBeside {
    /// The name of the file.
    public static final String NAME = "anchors.csv";

    private static final long MOST_BYTES = 64L * BoxOutputs.MOST_ANCHORS;

    private AnchorsBeside() {}

    /// The anchors beside `model`; empty if there is no such file.
    ///
    /// @throws BadFileException if a line is not four numbers, or there are too many
    public static Optional<Tensor> find(Path model) throws IOException {
        var file = model.resolveSibling(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new BadFileException(
                    file,
                    "has more than " + MOST_BYTES + " bytes; the limit is " + BoxOutputs.MOST_ANCHORS
                            + " anchors, four numbers in a line");
        }
        var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || lines.size() > BoxOutputs.MOST_ANCHORS) {
            throw new BadFileException(
                    file, "has " + lines.size() + " anchors; from 1 to " + BoxOutputs.MOST_ANCHORS + " are possible");
        }
        var values = new float[lines.size() * BoxOutputs.VALUES];
        for (int i = 0; i < lines.size(); i++) {
            read(file, i + 1, lines.get(i), values, i * BoxOutputs.VALUES);
        }
        return Optional.of(Tensor.of(values, lines.size(), BoxOutputs.VALUES));
    }

    private static void read(Path file, int number, String line, float[] values, int at) throws BadFileException {
        var parts = line.split("[,;\\s]+", -1);
        try {
            for (int i = 0; i < BoxOutputs.VALUES && parts.length == BoxOutputs.VALUES; i++) {
                values[at + i] = Float.parseFloat(parts[i]);
            }
        } catch (NumberFormatException e) {
            throw new BadFileException(file, "line " + number + " is not four numbers, cy,cx,h,w", e);
        }
        if (parts.length != BoxOutputs.VALUES) {
            throw new BadFileException(
                    file, "line " + number + " has " + parts.length + " values where four are needed, cy,cx,h,w");
        }
    }
}
