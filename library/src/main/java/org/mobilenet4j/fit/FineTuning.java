package org.mobilenet4j.fit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Transfer;
import org.mobilenet4j.train.UnfoldedModel;
import org.mobilenet4j.train.head.HeadFit;

/// Trains a model further, on photos of other classes than it knows. Its last layer is replaced, all others start from
/// what they have learned. Immutable: each method returns another fine-tuning.
///
/// ```java
/// var fit = FineTuning.of(DefaultModel.load(), photos).headOnly().fit();
/// ```
public final class FineTuning {
    private final Model model;
    private final DataSet photos;
    private final boolean isHeadOnly;
    private final FitChoices choices;

    private FineTuning(Model model, DataSet photos, boolean isHeadOnly, FitChoices choices) {
        this.model = model;
        this.photos = photos;
        this.isHeadOnly = isHeadOnly;
        this.choices = choices;
    }

    /// A fine-tuning of all layers of `model` on `photos`, by the recipe that suits its network. A tenth of the photos
    /// is held out for validation.
    public static FineTuning of(Model model, DataSet photos) {
        return new FineTuning(
                Objects.requireNonNull(model, "model"),
                Objects.requireNonNull(photos, "photos"),
                false,
                FitChoices.USUAL);
    }

    private FineTuning with(FitChoices newChoices) {
        return new FineTuning(model, photos, isHeadOnly, newChoices);
    }

    /// Only the last layer is trained, on the features that the others give: every photo passes through them
    /// once, which takes seconds. Recipe, epochs and listeners do not matter then.
    public FineTuning headOnly() {
        return new FineTuning(model, photos, true, choices);
    }

    /// With these photos for validation; they must have the same classes.
    public FineTuning validation(DataSet validation) {
        return with(choices.withValidation(Objects.requireNonNull(validation, "validation")));
    }

    /// By another recipe.
    public FineTuning recipe(Recipe recipe) {
        return with(choices.withRecipe(Objects.requireNonNull(recipe, "recipe")));
    }

    /// With another number of epochs than the recipe's, from 1 up.
    public FineTuning epochs(int epochs) {
        return with(choices.withEpochs(epochs));
    }

    /// With other random changes of the photos than [UsualAugmentation].
    public FineTuning augmentation(Augmentation augmentation) {
        return with(choices.withAugmentation(Objects.requireNonNull(augmentation, "augmentation")));
    }

    /// With another seed than 1. The same seed and number of threads give the same weights.
    public FineTuning seed(long seed) {
        return with(choices.withSeed(seed));
    }

    /// On `threads` threads; on all processors if nothing is said.
    public FineTuning threads(int threads) {
        return with(choices.withThreads(threads));
    }

    /// With the result of each epoch told to `listener`.
    public FineTuning onEpoch(Consumer<EpochResult> listener) {
        return with(choices.withListener(EpochListener.of(listener)));
    }

    /// With each step and epoch told to `listener`.
    public FineTuning listener(TrainingRun.Listener listener) {
        return with(choices.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /// With the best model so far kept in `file`, a name that ends in `.safetensors`, and a checkpoint beside it: a
    /// fine-tuning that was interrupted goes on from there. [#headOnly] keeps no checkpoint.
    public FineTuning into(Path file) {
        return with(choices.withFile(Objects.requireNonNull(file, "file")));
    }

    /// Trains.
    ///
    /// @throws BadFileException if the photos or the checkpoint cannot be used
    /// @throws java.io.InterruptedIOException if the thread was interrupted
    /// @throws IOException if a file cannot be read or written
    /// @throws BadValueException if the model's last layer cannot be replaced, or the training diverges because its
    ///     rate is too high
    public Fit fit() throws IOException {
        if (model.quantization().isPresent()) {
            throw new BadValueException("the network " + model.network().name()
                    + " is quantized, and only floats can be trained; fine-tune the model that it was made from");
        }
        var validation = choices.validation();
        var split = FitPhotos.cached(
                validation == null ? FitPhotos.holdOut(photos, choices.seed()) : new Split(photos, validation));
        return isHeadOnly ? head(split) : all(split);
    }

    private Fit head(Split split) throws IOException {
        var fit = HeadFit.of(setup(starting(), model, Recipe.FINE_TUNING, split));
        var file = choices.file();
        if (file != null) {
            Models.write(fit.model(), file);
        }
        return new Fit(fit.model(), fit.validation(), List.of(), fit.unreadable(), fit.unvalidated());
    }

    private Fit all(Split split) throws IOException {
        var starting = starting();
        boolean isUnfolded = UnfoldedModel.isPossible(model);
        var start = isUnfolded ? starting.unfolded(model, split.train()) : model;
        var usual = isUnfolded ? "unfolded" : Recipe.forFineTuning(start.network());
        var recipe = choices.recipe(
                Objects.requireNonNull(Recipe.PRESETS.get(usual)), split.train().size());
        var setup = starting.fitted(setup(starting, start, recipe, split));
        var run = new FitRun(setup, choices.listener());
        var file = choices.file();
        return file == null ? run.inMemory() : run.into(file);
    }

    private StartingModel starting() {
        return new StartingModel(_ -> {}, choices.seed(), choices.threads());
    }

    private TrainingSetup setup(StartingModel starting, Model from, Recipe recipe, Split split) throws IOException {
        var network = Transfer.withClasses(from.network(), photos.labels().size());
        var given = choices.augmentation();
        var start = new Model(
                network,
                starting.weights(network, from),
                List.of(),
                from.preprocessing(),
                Map.of(
                        "trained on",
                        split.train().size() + " photos of " + photos.name(),
                        "started from",
                        from.network().name()));
        return new TrainingSetup(
                start,
                split,
                given == null ? UsualAugmentation.of(split.train(), network.input()) : given,
                TrainerOptions.of(recipe).withThreads(choices.threads()).withSeed(choices.seed()));
    }

    /// The network and the photos.
    @Override
    public String toString() {
        return "FineTuning[" + model.network().name() + (isHeadOnly ? ", last layer only, " : ", ") + photos.name()
                + ", " + photos.size() + " photos of " + photos.labels().size() + " classes]";
    }
}
