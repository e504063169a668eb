package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.ThreadsOption;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.DecodedCache;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.data.Renamed;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
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
    private static final double VALIDATION_SHARE = 0.1;

    /// Of the JVM's memory, for decoded photos.
    private static final double CACHE_SHARE = 0.4;

    /// Photos of a batch of validation.
    private static final int BATCH = 32;

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "DATA",
            description = "Photos to learn from: a folder, archives, a CSV file or IDX files (default: no training).")
    private List<Path> data = List.of();

    @Option(
            names = "--validation",
            paramLabel = "DATA",
            description = "Photos to measure accuracy with (default: a tenth of --data, or no accuracy).")
    private @Nullable Path validation;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Learn from the first N photos of each class alone (default: all).")
    private @Nullable Integer perClass;

    @Option(
            names = "--train-resolution",
            paramLabel = "R",
            converter = PositiveNumber.class,
            description = "Learn from photos of R rows and columns; the model keeps its own size (default: that).")
    private @Nullable Integer trainResolution;

    @Mixin
    private final RecipeOptions recipes = new RecipeOptions();

    @Mixin
    private final AugmentationOptions augmentations = new AugmentationOptions();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End after so many epochs without a better one (default: 0, never).")
    private int patience;

    @Option(names = "--seed", paramLabel = "N", description = "Decides all that is random (default: 1).")
    private long seed = 1;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final RunOptions running = new RunOptions();

    /// Whether there is anything to learn from.
    public boolean areGiven() {
        return !data.isEmpty();
    }

    /// Whether something is asked for that only a training can do.
    public boolean needData() {
        return running.isResumed() || recipes.areGiven() || perClass != null || trainResolution != null;
    }

    public Recipe recipe() {
        return recipes.recipe(true);
    }

    public Augmentation augmentation() {
        return augmentations.augmentation();
    }

    public int patience() {
        return patience;
    }

    public long seed() {
        return seed;
    }

    public int threads() {
        return threads.count();
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
        var all = DataSets.open(data.toArray(Path[]::new));
        var given = validation();
        if (given.isPresent()) {
            Labels.requireSame(all, given.get());
        }
        var split = given.isPresent() ? new Split(all, given.get()) : Subset.holdOut(all, VALIDATION_SHARE, seed);
        long room = (long) (Runtime.getRuntime().maxMemory() * CACHE_SHARE);
        var named = named(model, split.train());
        var train = perClass == null ? named : Subset.perClass(named, perClass);
        return new Split(new DecodedCache(train, room), named(model, split.validation()));
    }

    /// The photos of `--validation`.
    ///
    /// @throws IOException when they cannot be read
    public Optional<DataSet> validation() throws IOException {
        return validation == null ? Optional.empty() : Optional.of(DataSets.open(validation));
    }

    /// The accuracy of `model` on `photos`.
    ///
    /// @throws IOException when they cannot be read, or have other classes
    public Validation accuracy(Model model, DataSet photos) throws IOException {
        var spec = new BatchSpec(
                model.network().input(), model.preprocessing(), Augmentation.NONE, BATCH, seed, threads.count());
        try (var batches = Batches.validation(named(model, photos), spec)) {
            return Validation.of(model, batches, threads.count());
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
        var first = String.valueOf(data.getFirst().toAbsolutePath().normalize().getFileName());
        return split.train().size() + " photos of " + first + (data.size() > 1 ? ", ..." : "");
    }
}
