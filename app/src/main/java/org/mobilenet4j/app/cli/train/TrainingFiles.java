package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a training writes besides its model.
///
/// @param checkpoint from which it goes on
/// @param metrics a line for each epoch
/// @param curves the same as a picture
public record TrainingFiles(Path checkpoint, Path metrics, Path curves) {
    private static final String ENDING = ".safetensors";

    /// Beside the model `out`, named after it.
    ///
    /// @throws IOException when `out` has another ending, or its folder does not exist
    public static TrainingFiles beside(Path out) throws IOException {
        var name = String.valueOf(out.getFileName());
        if (!name.endsWith(ENDING) || name.equals(ENDING)) {
            throw new IOException(out + ": a trained model's name ends in " + ENDING + "; name --out so");
        }
        var folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(out + ": cannot be written, as its folder does not exist; make it first");
        }
        var stem = name.substring(0, name.length() - ENDING.length());
        return new TrainingFiles(
                out.resolveSibling(stem + ".checkpoint"),
                out.resolveSibling(stem + "-metrics.csv"),
                out.resolveSibling(stem + "-curves.png"));
    }
}
