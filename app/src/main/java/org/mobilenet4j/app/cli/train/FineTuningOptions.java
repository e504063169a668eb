package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.PositiveNumber;
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
import picocli.CommandLine.Option;

/// What a model learns again from after it was changed, and how: the options of `train` that make sense
/// for that.
public final class FineTuningOptions {
    /// Photos of a batch of validation.
    private static final int BATCH = 32;

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "DATA",
            description = "Photos to learn from: a folder, archives, a CSV file or IDX files (default: no training).")
    private List<Path> data = List.of();

    @Mixin
    private final DataOptions photos = new DataOptions();

    @Option(
            names = "--train-resolution",
            paramLabel = "R",
            converter = PositiveNumber.class,
            description = "Learn from photos of R rows and columns; the model keeps its own size (default: that).")
    private @Nullable Integer trainResolution;

    @Mixin
    private final RecipeOptions recipes = new RecipeOptions();

    @Mixin
    private final RunOptions running = new RunOptions();

    /// Whether there is anything to learn from.
    public boolean areGiven() {
        return !data.isEmpty();
    }

    /// Whether something is asked for that only a training can do.
    public boolean needData() {
        return running.isResumed() || recipes.areGiven() || photos.isPerClass() || trainResolution != null;
    }

    public Recipe recipe() {
        return recipes.recipe(true);
    }

    public Augmentation augmentation() {
        return photos.augmentation(AugmentationOptions.INCEPTION);
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

    /// `model` at the size that it is trained at.
    public Model toTrain(Model model) {
        return trainResolution == null ? model : model.withResolution(trainResolution);
    }

    /// The photos to learn from and to validate with, of the classes of `model`.
    ///
    /// @throws IOException when they cannot be read, or have other classes
    public Split split(Model model) throws IOException {
        return photos.split(DataSets.open(data.toArray(Path[]::new)), photos.validation(), some -> named(model, some));
    }

    /// The photos of `--validation`.
    ///
    /// @throws IOException when they cannot be read
    public Optional<DataSet> validation() throws IOException {
        return photos.validation();
    }

    /// The accuracy of `model` on `labeled`.
    ///
    /// @throws IOException when they cannot be read, or have other classes
    public Validation accuracy(Model model, DataSet labeled) throws IOException {
        var spec = new BatchSpec(
                model.network().input(), model.preprocessing(), Augmentation.NONE, BATCH, seed(), threads());
        try (var batches = Batches.validation(named(model, labeled), spec)) {
            return Validation.of(model, batches, threads());
        }
    }

    /// `photos` with the model's names of classes. Archives alone have their folders' names, of which
    /// the model may have made readable ones: where none is the same and there are as many, their order
    /// tells which is which.
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
                + model.classes() + " in the same order; give photos of the same classes, or train the model for these"
                + " first");
    }

    /// What the model's notes say of the photos.
    public String photos(Split split) {
        return split.train().size() + " photos of " + DataOptions.nameOf(data);
    }
}
