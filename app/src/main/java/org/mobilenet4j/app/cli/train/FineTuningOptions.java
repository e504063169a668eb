package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Renamed;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.Validation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Options for fine-tuning a model after it was changed: those options of `train` that make sense for that.
@OptionGroup("Fine-tuning")
public final class FineTuningOptions {
    /// Validation batch size.
    private static final int BATCH = 32;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "DATA",
            description = "Training photos: a folder, archives, a CSV file or IDX files (default: no training).")
    private List<Path> data = List.of();

    @Mixin
    private final DataOptions photos = new DataOptions();

    @Option(
            names = "--train-resolution",
            paramLabel = "R",
            converter = PositiveNumber.class,
            description = "Input height and width in training only (default: the model's own, which the result keeps).")
    private @Nullable Integer trainResolution;

    @Mixin
    private final RecipeOptions recipes = new RecipeOptions();

    @Mixin
    private final RunOptions running = new RunOptions();

    /// Whether there are training photos.
    public boolean areGiven() {
        return !data.isEmpty();
    }

    /// Whether an option is given that only applies to training.
    public boolean needData() {
        return running.isResumed() || recipes.areGiven() || photos.isPerClass() || trainResolution != null;
    }

    /// The recipe for `network`, which is trained already.
    public Recipe recipe(Network network) {
        return recipes.recipe(Recipe.forFineTuning(network));
    }

    /// The augmentation for training `network` on `train`.
    ///
    /// @throws IOException if the photos cannot be read
    public Augmentation augmentation(DataSet train, Network network) throws IOException {
        return photos.augmentation(train, network.input());
    }

    public long seed() {
        return photos.seed();
    }

    public int threads() {
        return photos.threads();
    }

    public RunOptions running() {
        return running;
    }

    /// `model` at its training resolution.
    public Model toTrain(Model model) {
        return trainResolution == null ? model : model.withResolution(trainResolution);
    }

    /// The training and validation photos, with the classes of `model`.
    ///
    /// @throws IOException if they cannot be read, or have other classes
    public Split split(Model model) throws IOException {
        return photos.split(DataSets.open(data.toArray(Path[]::new)), photos.validation(), some -> named(model, some));
    }

    /// The photos of `--validation`.
    ///
    /// @throws IOException if they cannot be read
    public Optional<DataSet> validation() throws IOException {
        return photos.validation();
    }

    /// The accuracy of `model` on `labeled`.
    ///
    /// @throws IOException if they cannot be read, or have other classes
    public Validation accuracy(Model model, DataSet labeled) throws IOException {
        var spec = new BatchSpec(
                model.network().input(), model.preprocessing(), Augmentation.NONE, BATCH, seed(), threads());
        try (var batches = Batches.validation(named(model, labeled), spec)) {
            var accuracy = Validation.of(model, batches, threads());
            command.commandLine().getErr().print(TrainingReport.text(batches.unreadable(), "validation photo"));
            return accuracy;
        }
    }

    /// `photos` with the model's class names. Archives have only folder names, for which the model may have readable
    /// ones: if none match and the counts are equal, classes are matched by order.
    private static DataSet named(Model model, DataSet photos) throws IOException {
        var names = photos.labels();
        if (names.size() == model.classes()) {
            if (model.labels().isEmpty() || model.labels().equals(names)) {
                return photos;
            }
            if (Collections.disjoint(model.labels(), names)) {
                return new Renamed(photos, model.labels());
            }
        }
        throw new IOException(photos.name() + ": its " + names.size() + " classes are not the model's "
                + model.classes() + " in the same order; give photos of the model's classes, or train the model on"
                + " these"
                + " first");
    }

    /// A description of the photos for the model's notes.
    public String photos(Split split) {
        return split.train().size() + " photos of " + DataOptions.nameOf(data);
    }
}
