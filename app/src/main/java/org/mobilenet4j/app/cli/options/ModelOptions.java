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

/// Which model a command runs, and what it overrides of what the model says.
public final class ModelOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A file that convert reads, such as .safetensors; the name of a pulled model; or default, the"
                    + " network that comes with this command (default: default).")
    private Path name = ModelSource.DEFAULT.name();

    @Mixin
    private final LabelNamesOption labelNames = new LabelNamesOption();

    @Option(
            names = "--crop",
            paramLabel = "SHARE",
            description = "Central share of each side to keep, above 0 and up to 1 (default: what the model says).")
    private @Nullable Double crop;

    @Option(
            names = "--resize",
            paramLabel = "legacy|half-pixel|antialias",
            converter = ResizeConverter.class,
            description = "How photos become the network's input (default: what the model says).")
    private @Nullable Resize resize;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final ArithmeticOption arithmetic = new ArithmeticOption();

    /// How many threads to use, at least one.
    public int threads() {
        return threads.count();
    }

    /// A plan of `model`, which [#load] returned, with the arithmetic that is wanted.
    ///
    /// @throws IllegalArgumentException when the model cannot be run with it
    public Plan plan(Model model) {
        return Plan.of(model, SessionOptions.DEFAULT.withNumbers(arithmetic.numbers()));
    }

    /// The model with its overrides; warns on standard error when its weights cannot be right.
    ///
    /// @throws IOException when a file is missing or bad
    public Model load() throws IOException {
        if (crop != null && !(crop > 0 && crop <= 1)) {
            throw usage("--crop must lie above 0 and up to 1, not " + crop);
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
