package org.mobilenet4j.app.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which model a command runs, and which of the model's preprocessing settings it overrides.
@OptionGroup("Model")
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

    @Mixin
    private final PhotoOptions photos = new PhotoOptions();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final ArithmeticOption arithmetic = new ArithmeticOption();

    /// Number of threads, at least 1.
    public int threads() {
        return threads.count();
    }

    /// Whether the model is the bundled one.
    public boolean isDefault() {
        return name.equals(ModelSource.DEFAULT.name());
    }

    /// A plan for `model`, which [#load] returned, with the requested arithmetic.
    ///
    /// @throws IllegalArgumentException if the model cannot be run with it
    public Plan plan(Model model) {
        return Plan.of(model, SessionOptions.DEFAULT.withNumbers(arithmetic.numbers()));
    }

    /// Reads the model and applies the overrides. Says on standard error what is assumed, and warns if weights are NaN
    /// or infinite.
    ///
    /// @throws IOException if a file is missing or malformed
    public Model load() throws IOException {
        var model = labelNames.applyTo(photos.applyTo(new ModelSource(name).read()));
        var err = command.commandLine().getErr();
        new WeightsWarning(name, model.weights()).print(err);
        new AssumptionNotes(model).print(err);
        return model;
    }
}
