package org.mobilenet4j.app.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.LabelFile;
import picocli.CommandLine.Option;

/// `--label-names`, for models that come without the names of their classes.
public final class LabelNamesOption {
    @Option(
            names = "--label-names",
            paramLabel = "FILE",
            description = "Names of the classes, a line for each, in place of the model's own.")
    private @Nullable Path file;

    /// `model` under these names, or as it is when the option is not given.
    ///
    /// @throws IOException when the file is missing or bad
    /// @throws IllegalArgumentException when its lines are not one for each class
    public Model applyTo(Model model) throws IOException {
        if (file == null) {
            return model;
        }
        var labels = LabelFile.read(file);
        try {
            return model.withLabels(labels);
        } catch (BadValueException e) {
            throw new BadValueException(file + ": " + FailureText.line(e), e);
        }
    }
}
