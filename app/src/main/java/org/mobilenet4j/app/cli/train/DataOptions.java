package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.ThreadsOption;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.DecodedCache;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.formats.dataset.DataSets;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which photos a network learns from and is validated with, how they are changed, and what is drawn at random: what
/// `train`,
/// `prune` and `quantize` share.
public final class DataOptions {
    private static final double VALIDATION_SHARE = 0.1;

    /// Of the JVM's memory, for decoded photos.
    private static final double CACHE_SHARE = 0.4;

    @Option(
            names = "--validation",
            paramLabel = "DATA",
            description =
                    "Labeled photos to validate with (default: in train what lies in DATA for it, or a tenth of DATA;"
                            + " in prune a tenth of --data; in quantize none).")
    private @Nullable Path validation;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Learn from the first N photos of each class alone (default: all).")
    private @Nullable Integer perClass;

    @Mixin
    private final AugmentationOptions augmentations = new AugmentationOptions();

    @Option(names = "--seed", paramLabel = "N", description = "Decides all that is random (default: 1).")
    private long seed = 1;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    /// What is taken of the photos.
    @FunctionalInterface
    public interface Choice {
        /// The part of `photos` that counts, or the same under other names.
        ///
        /// @throws IOException when there is none
        DataSet of(DataSet photos) throws IOException;
    }

    /// The photos to learn from and those to validate with: those `given`, or else a tenth of `all`, which nothing is
    /// learned from.
    ///
    /// @param choice of either kind, made before `--per-class` counts
    /// @throws IOException when they cannot be read, or their classes are not the same
    public Split split(DataSet all, Optional<DataSet> given, Choice choice) throws IOException {
        if (given.isPresent()) {
            Labels.requireSame(all, given.get());
        }
        var split = given.isPresent() ? new Split(all, given.get()) : Subset.holdOut(all, VALIDATION_SHARE, seed);
        var train = choice.of(split.train());
        long room = (long) (Runtime.getRuntime().maxMemory() * CACHE_SHARE);
        return new Split(
                new DecodedCache(perClass == null ? train : Subset.perClass(train, perClass), room),
                choice.of(split.validation()));
    }

    /// The photos of `--validation`.
    ///
    /// @throws IOException when they cannot be read
    public Optional<DataSet> validation() throws IOException {
        return validation == null ? Optional.empty() : Optional.of(DataSets.open(validation));
    }

    /// Where the photos of `--validation` lie.
    public Optional<Path> validationPath() {
        return Optional.ofNullable(validation);
    }

    /// Whether `--per-class` is given.
    public boolean isPerClass() {
        return perClass != null;
    }

    /// How photos are changed at random.
    ///
    /// @param otherwise the kind of change where none is given
    /// @throws IllegalArgumentException when a number is out of its range
    public Augmentation augmentation(String otherwise) {
        return augmentations.augmentation(otherwise);
    }

    public long seed() {
        return seed;
    }

    public int threads() {
        return threads.count();
    }

    /// What notes call the data at `paths`: by name alone, as where they lay is nobody's business who is handed the
    /// model.
    public static String nameOf(List<Path> paths) {
        return nameOf(paths.getFirst()) + (paths.size() > 1 ? ", ..." : "");
    }

    /// The name alone of what lies at `path`.
    public static String nameOf(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }
}
