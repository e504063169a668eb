package org.mobilenet4j.app.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Which model a command runs, and which of the model's preprocessing settings it overrides.
public final class ModelOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model file in any format that convert reads, the name of a pulled model, or default, the"
                    + " bundled model (default: default).")
    private Path name = ModelSource.DEFAULT.name();

    @Mixin
    private final LabelNamesOption labelNames = new LabelNamesOption();

    @Option(
            names = "--crop",
            paramLabel = "SHARE",
            description = "Central crop: share of each side to keep, above 0 and up to 1 (default: the model's"
                    + " setting).")
    private @Nullable Double crop;

    @Option(
            names = "--resize",
            paramLabel = "legacy|half-pixel|antialias",
            converter = ResizeConverter.class,
            description = "How photos are scaled to the network's input size (default: the model's setting).")
    private @Nullable Resize resize;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final ArithmeticOption arithmetic = new ArithmeticOption();

    /// Number of threads, at least 1.
    public int threads() {
        return threads.count();
    }

    /// A plan for `model`, which [#load] returned, with the requested arithmetic.
    ///
    /// @throws IllegalArgumentException if the model cannot be run with it
    public Plan plan(Model model) {
        return Plan.of(model, SessionOptions.DEFAULT.withNumbers(arithmetic.numbers()));
    }

    /// Reads the model and applies the overrides. Warns on standard error if weights are NaN or infinite.
    ///
    /// @throws IOException if a file is missing or malformed
    public Model load() throws IOException {
        if (crop != null && !(crop > 0 && crop <= 1)) {
            throw usage("--crop must be above 0 and at most 1, not " + crop);
        }
        var model = labelNames.applyTo(new ModelSource(name).read());
        new WeightsWarning(name, model.weights()).print(command.commandLine().getErr());
        return model.withPreprocessing(override(model.preprocessing()));
    }

    private Preprocessing override(Preprocessing own) {
        var cropped = crop == null ? own : own.withCrop(crop);
        return resize == null ? cropped : cropped.withResize(resize);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static final class ResizeConverter implements ITypeConverter<Resize> {
        @Override
        public Resize convert(String value) {
            try {
                return Resize.named(value);
            } catch (BadValueException e) {
                throw new TypeConversionException(FailureText.line(e));
            }
        }
    }
}
