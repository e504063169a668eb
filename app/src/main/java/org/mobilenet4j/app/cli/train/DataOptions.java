package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.ThreadsOption;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.augment.BoxAugmentation;
import org.mobilenet4j.fit.FitPhotos;
import org.mobilenet4j.fit.UsualAugmentation;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.tensor.Shape;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that `train`, `prune` and `quantize` share: validation photos, photos per class, augmentation and the random
/// seed.
@OptionGroup("Data")
public final class DataOptions {
    @Option(
            names = "--validation",
            paramLabel = "DATA",
            description = "Labeled validation photos (default: for train, the validation photos in DATA or else a tenth"
                    + " of DATA; for prune, a tenth of --data; for quantize, none).")
    private @Nullable Path validation;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Train on only the first N photos of each class (default: all).")
    private @Nullable Integer perClass;

    @Mixin
    private final AugmentationOptions augmentations = new AugmentationOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Random seed (default: 1). In training, the same seed gives the same weights with the same number"
                            + " of --threads.")
    private long seed = 1;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    /// Selects photos.
    @FunctionalInterface
    public interface Choice {
        /// A subset of `photos`, or the same with other class names.
        ///
        /// @throws IOException if nothing is left
        DataSet of(DataSet photos) throws IOException;
    }

    /// The training and validation photos: for validation those `given`, or else a tenth of `all`, which is then left
    /// out of training.
    ///
    /// @param choice applied to both sets, before `--per-class`
    /// @throws IOException if they cannot be read, or their classes differ
    public Split split(DataSet all, Optional<DataSet> given, Choice choice) throws IOException {
        if (given.isPresent()) {
            Labels.requireSame(all, given.get());
        }
        var split = given.isPresent() ? new Split(all, given.get()) : FitPhotos.holdOut(all, seed);
        var train = choice.of(split.train());
        var measured = choice.of(split.validation());
        return FitPhotos.cached(new Split(perClass == null ? train : Subset.perClass(train, perClass), measured));
    }

    /// The photos of `--validation`.
    ///
    /// @throws IOException if they cannot be read
    public Optional<DataSet> validation() throws IOException {
        return validation == null ? Optional.empty() : Optional.of(DataSets.open(validation));
    }

    /// The paths of `--validation`.
    public Optional<Path> validationPath() {
        return Optional.ofNullable(validation);
    }

    /// Whether `--per-class` is given.
    public boolean isPerClass() {
        return perClass != null;
    }

    /// The augmentation.
    ///
    /// @param otherwise the kind if `--augment` is not given
    /// @throws IllegalArgumentException if a value is out of range
    public Augmentation augmentation(String otherwise) {
        return augmentations.augmentation(otherwise);
    }

    /// The augmentation of photos of objects.
    ///
    /// @throws IllegalArgumentException if a value is out of range
    BoxAugmentation boxAugmentation() {
        return augmentations.boxAugmentation();
    }

    /// The augmentation for training on `photos`: without `--augment` light where they are no larger than the input, as
    /// Inception's crops would show things larger than validation does, and without a detail more.
    ///
    /// @throws IOException if the photos cannot be read
    /// @throws IllegalArgumentException if a value is out of range
    public Augmentation augmentation(DataSet train, Shape input) throws IOException {
        return augmentations.augmentation(
                UsualAugmentation.areSmall(train, input) ? AugmentationOptions.LIGHT : AugmentationOptions.INCEPTION);
    }

    public long seed() {
        return seed;
    }

    public int threads() {
        return threads.count();
    }

    /// The name of the data at `paths` for the model's notes. Without folders, as whoever receives the model need not
    /// know them.
    public static String nameOf(List<Path> paths) {
        return nameOf(paths.getFirst()) + (paths.size() > 1 ? ", ..." : "");
    }

    /// The file name of `path`.
    public static String nameOf(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }
}
