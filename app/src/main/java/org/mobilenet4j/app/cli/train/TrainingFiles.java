package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files that training writes besides the model.
///
/// @param checkpoint to resume from
/// @param metrics a line per epoch
/// @param curves the same as a chart
public record TrainingFiles(Path checkpoint, Path metrics, Path curves) {
    private static final String ENDING = ".safetensors";

    /// The files beside the model `out`, named after it.
    ///
    /// @throws IOException if `out` has another extension, or its folder does not exist
    public static TrainingFiles beside(Path out) throws IOException {
        var name = String.valueOf(out.getFileName());
        if (!name.endsWith(ENDING) || name.equals(ENDING)) {
            throw new IOException(out + ": the name of a trained model must end in " + ENDING + "; rename --out");
        }
        var folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(out + ": cannot be written, because its folder does not exist; create it first");
        }
        var stem = name.substring(0, name.length() - ENDING.length());
        return new TrainingFiles(
                out.resolveSibling(stem + ".checkpoint"),
                out.resolveSibling(stem + "-metrics.csv"),
                out.resolveSibling(stem + "-curves.png"));
    }
}
