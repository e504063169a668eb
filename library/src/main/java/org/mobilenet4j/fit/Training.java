package org.mobilenet4j.fit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Transfer;

/// Trains a network from random weights. Everything has a default that suits a few thousand photos. Immutable: each
/// method returns another training.
///
/// ```java
/// var fit = Training.of(photos).epochs(20).onEpoch(System.out::println).fit();
/// Models.write(fit.model(), Path.of("my.tflite"));
/// ```
public final class Training {
    /// Whole photos, resized with antialiasing, values from -1 to 1.
    public static final Preprocessing PREPROCESSING = new Preprocessing(1, Resize.ANTIALIAS, Normalization.SIGNED);

    private static final double ALPHA = 0.5;
    private static final int RESOLUTION = 128;

    private final DataSet photos;
    private final @Nullable Network network;
    private final FitChoices choices;

    private Training(DataSet photos, @Nullable Network network, FitChoices choices) {
        this.photos = photos;
        this.network = network;
        this.choices = choices;
    }

    /// A training of MobileNet v1, alpha 0.5, on `photos` at 128 x 128 pixels by [Recipe#DEFAULT], in smaller batches
    /// where photos are few. A tenth of them is held out for validation.
    public static Training of(DataSet photos) {
        return new Training(Objects.requireNonNull(photos, "photos"), null, FitChoices.USUAL);
    }

    private Training with(FitChoices newChoices) {
        return new Training(photos, network, newChoices);
    }

    /// Of another network. Its last layer gets as many outputs as there are classes.
    public Training network(Network newNetwork) {
        return new Training(photos, Objects.requireNonNull(newNetwork, "network"), choices);
    }

    /// With these photos for validation; they must have the same classes.
    public Training validation(DataSet validation) {
        return with(choices.withValidation(Objects.requireNonNull(validation, "validation")));
    }

    /// By another recipe.
    public Training recipe(Recipe recipe) {
        return with(choices.withRecipe(Objects.requireNonNull(recipe, "recipe")));
    }

    /// With another number of epochs than the recipe's, from 1 up.
    public Training epochs(int epochs) {
        return with(choices.withEpochs(epochs));
    }

    /// With other random changes of the photos than [UsualAugmentation].
    public Training augmentation(Augmentation augmentation) {
        return with(choices.withAugmentation(Objects.requireNonNull(augmentation, "augmentation")));
    }

    /// With another seed than 1. The same seed and number of threads give the same weights.
    public Training seed(long seed) {
        return with(choices.withSeed(seed));
    }

    /// On `threads` threads; on all processors if nothing is said.
    public Training threads(int threads) {
        return with(choices.withThreads(threads));
    }

    /// With the result of each epoch told to `listener`.
    public Training onEpoch(Consumer<EpochResult> listener) {
        return with(choices.withListener(EpochListener.of(listener)));
    }

    /// With each step and epoch told to `listener`.
    public Training listener(TrainingRun.Listener listener) {
        return with(choices.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /// With the best model so far kept in `file`, a name that ends in `.safetensors`, and a checkpoint beside it: a
    /// training that was interrupted goes on from there.
    public Training into(Path file) {
        return with(choices.withFile(Objects.requireNonNull(file, "file")));
    }

    /// Trains.
    ///
    /// @throws BadFileException if the photos or the checkpoint cannot be used
    /// @throws java.io.InterruptedIOException if the thread was interrupted
    /// @throws IOException if a file cannot be read or written
    /// @throws BadValueException if the training diverges because its rate is too high
    public Fit fit() throws IOException {
        var validation = choices.validation();
        var split = FitPhotos.cached(
                validation == null ? FitPhotos.holdOut(photos, choices.seed()) : new Split(photos, validation));
        int classes = photos.labels().size();
        var chosen = network == null
                ? MobileNetV1.of(ALPHA, RESOLUTION, classes).network()
                : Transfer.withClasses(network, classes);
        var given = choices.augmentation();
        var augmentation = given == null ? UsualAugmentation.of(split.train(), chosen.input()) : given;
        var recipe = choices.recipe(Recipe.DEFAULT, split.train().size());
        var start = new Model(
                chosen,
                InitialWeights.of(chosen, choices.seed()),
                List.of(),
                PREPROCESSING,
                Map.of("trained on", split.train().size() + " photos of " + photos.name()));
        var options = TrainerOptions.of(recipe).withThreads(choices.threads()).withSeed(choices.seed());
        var run = new FitRun(new TrainingSetup(start, split, augmentation, options), choices.listener());
        var file = choices.file();
        return file == null ? run.inMemory() : run.into(file);
    }

    /// The photos, and the network if one was given.
    @Override
    public String toString() {
        return "Training[" + photos.name() + ", " + photos.size() + " photos of "
                + photos.labels().size() + " classes" + (network == null ? "" : ", " + network.name()) + "]";
    }
}
