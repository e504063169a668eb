package org.mobilenet4j.app.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.LabelFile;
import picocli.CommandLine.Option;

/// `--label-names`, for models that come without class names.
@OptionGroup("Model")
public final class LabelNamesOption {
    @Option(
            names = "--label-names",
            paramLabel = "FILE",
            description = "Class names, one per line, to use instead of the model's own.")
    private @Nullable Path file;

    /// `model` with these class names, or unchanged if the option is not given.
    ///
    /// @throws IOException if the file is missing or malformed
    /// @throws IllegalArgumentException if it does not have one line per class
    public Model applyTo(Model model) throws IOException {
        if (file == null) {
            return model;
        }
        var labels = LabelFile.fitting(LabelFile.read(file), model.classes());
        try {
            return model.withLabels(labels);
        } catch (BadValueException e) {
            throw new BadValueException(file + ": " + FailureText.line(e), e);
        }
    }
}
