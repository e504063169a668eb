package org.mobilenet4j.fit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.augment.BoxAugmentation;
import org.mobilenet4j.data.box.AnnotationSplit;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.BoxDataSet;
import org.mobilenet4j.detect.train.DetectionLoss;
import org.mobilenet4j.detect.train.DetectionTask;
import org.mobilenet4j.detect.train.StartingDetector;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.UnfoldedModel;
import org.mobilenet4j.train.ValidationSchedule;

/// Trains an SSD on MobileNet v1 to find objects. Everything has a default that suits a few hundred photos. Immutable:
/// each method returns another training.
///
/// ```java
/// var fit = DetectorTraining.of(annotations).from(DefaultModel.load()).fit();
/// Detector.open(fit.model()).detect(Path.of("photo.jpg")).forEach(System.out::println);
/// ```
public final class DetectorTraining {
    private static final double VALIDATION_SHARE = 0.1;
    private static final int RESOLUTION = 300;

    private final Annotations annotations;
    private final @Nullable Annotations validation;
    private final @Nullable Model start;
    private final @Nullable Network network;
    private final BoxAugmentation augmentation;
    private final DetectionLoss.Settings loss;
    private final ValidationSchedule validations;
    private final FitChoices choices;

    private DetectorTraining(
            Annotations annotations,
            @Nullable Annotations validation,
            @Nullable Model start,
            @Nullable Network network,
            BoxAugmentation augmentation,
            DetectionLoss.Settings loss,
            ValidationSchedule validations,
            FitChoices choices) {
        this.annotations = annotations;
        this.validation = validation;
        this.start = start;
        this.network = network;
        this.augmentation = augmentation;
        this.loss = loss;
        this.validations = validations;
        this.choices = choices;
    }

    /// A training of SSD on MobileNet v1, alpha 0.75, at 300 x 300 pixels by [Recipe#DETECTION], in smaller batches
    /// where photos are few, with focal loss and [BoxAugmentation#USUAL]. A tenth of the photos is held out for
    /// validation.
    public static DetectorTraining of(Annotations annotations) {
        return new DetectorTraining(
                Objects.requireNonNull(annotations, "annotations"),
                null,
                null,
                null,
                BoxAugmentation.USUAL,
                DetectionLoss.Settings.FOCAL,
                ValidationSchedule.EACH_EPOCH,
                FitChoices.USUAL);
    }

    private DetectorTraining with(FitChoices newChoices) {
        return new DetectorTraining(
                annotations, validation, start, network, augmentation, loss, validations, newChoices);
    }

    /// Starting from what `model` has learned, a classifier on MobileNet v1, or a detector: its weights are taken over
    /// wherever names and sizes are the same. Without [#network], the detector is as wide as it is.
    public DetectorTraining from(Model model) {
        return new DetectorTraining(
                annotations,
                validation,
                Objects.requireNonNull(model, "model"),
                network,
                augmentation,
                loss,
                validations,
                choices);
    }

    /// Of another network, one of [SsdMobileNetV1]'s with as many classes as the annotations have.
    public DetectorTraining network(Network newNetwork) {
        return new DetectorTraining(
                annotations,
                validation,
                start,
                Objects.requireNonNull(newNetwork, "network"),
                augmentation,
                loss,
                validations,
                choices);
    }

    /// With other random changes of the photos.
    public DetectorTraining augmentation(BoxAugmentation newAugmentation) {
        return new DetectorTraining(
                annotations,
                validation,
                start,
                network,
                Objects.requireNonNull(newAugmentation, "augmentation"),
                loss,
                validations,
                choices);
    }

    /// With another loss.
    public DetectorTraining loss(DetectionLoss.Settings newLoss) {
        return new DetectorTraining(
                annotations,
                validation,
                start,
                network,
                augmentation,
                Objects.requireNonNull(newLoss, "loss"),
                validations,
                choices);
    }

    /// With a validation at other epochs than each.
    public DetectorTraining validations(ValidationSchedule schedule) {
        return new DetectorTraining(
                annotations,
                validation,
                start,
                network,
                augmentation,
                loss,
                Objects.requireNonNull(schedule, "schedule"),
                choices);
    }

    /// With these photos for validation. Their classes may be in another order, and fewer.
    public DetectorTraining validation(Annotations photos) {
        return new DetectorTraining(
                annotations,
                Objects.requireNonNull(photos, "photos"),
                start,
                network,
                augmentation,
                loss,
                validations,
                choices);
    }

    /// By another recipe.
    public DetectorTraining recipe(Recipe recipe) {
        return with(choices.withRecipe(Objects.requireNonNull(recipe, "recipe")));
    }

    /// With another number of epochs than the recipe's, from 1 up.
    public DetectorTraining epochs(int epochs) {
        return with(choices.withEpochs(epochs));
    }

    /// With another seed than 1. The same seed and number of threads give the same weights.
    public DetectorTraining seed(long seed) {
        return with(choices.withSeed(seed));
    }

    /// On `threads` threads; on all processors if nothing is said.
    public DetectorTraining threads(int threads) {
        return with(choices.withThreads(threads));
    }

    /// With the result of each epoch told to `listener`.
    public DetectorTraining onEpoch(Consumer<DetectorEpoch> listener) {
        Objects.requireNonNull(listener, "listener");
        return with(choices.withListener(EpochListener.of(result -> listener.accept(DetectorEpoch.of(result)))));
    }

    /// With each step and epoch told to `listener`.
    public DetectorTraining listener(TrainingRun.Listener listener) {
        return with(choices.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /// With the best model so far kept in `file`, a name that ends in `.safetensors`, and a checkpoint beside it: a
    /// training that was interrupted goes on from there.
    public DetectorTraining into(Path file) {
        return with(choices.withFile(Objects.requireNonNull(file, "file")));
    }

    /// Trains.
    ///
    /// @throws BadFileException if the photos or the checkpoint cannot be used
    /// @throws java.io.InterruptedIOException if the thread was interrupted
    /// @throws IOException if a file cannot be read or written
    /// @throws BadValueException if the network is no SSD on MobileNet, the model to start from has nothing in
    ///     common with it, or the training diverges because its rate is too high
    public DetectorFit fit() throws IOException {
        var run = new FitRun(setup(), choices.listener());
        var file = choices.file();
        return DetectorFit.of(file == null ? run.inMemory() : run.into(file));
    }

    /// What is trained, and how.
    ///
    /// @throws BadFileException if the photos cannot be used
    /// @throws IOException if a file cannot be read
    /// @throws BadValueException as [#fit]
    public TrainingSetup setup() throws IOException {
        var split = validation == null
                ? annotations.holdOut(VALIDATION_SHARE, choices.seed())
                : new AnnotationSplit(annotations, validation.relabeled(annotations.labels()));
        var photos = FitPhotos.cached(new Split(new BoxDataSet(split.train()), new BoxDataSet(split.validation())));
        var chosen = network == null ? usualNetwork() : network;
        var boxes = StartingDetector.boxes(chosen, split.train(), loss);
        if (boxes.classes() != annotations.labels().size()) {
            throw new BadValueException("the network " + chosen.name() + " has " + boxes.classes() + " classes, but "
                    + annotations.name() + " has " + annotations.labels().size() + "; give a network with as many");
        }
        var notes = new LinkedHashMap<String, String>();
        notes.put("trained on", photos.train().size() + " photos of " + annotations.name());
        if (start != null) {
            notes.put("started from", start.network().name());
        }
        var recipe = choices.recipe(Recipe.DETECTION, photos.train().size());
        notes.put("recipe", recipe.settings().toString());
        notes.put("augmentation", augmentation.toString());
        notes.put("loss", loss.toString());
        notes.put("seed", String.valueOf(choices.seed()));
        var model = StartingDetector.of(
                chosen,
                StartingDetector.weights(chosen, learned(photos), loss, choices.seed()),
                start == null ? Training.PREPROCESSING : start.preprocessing(),
                boxes,
                notes);
        var options = TrainerOptions.of(recipe).withThreads(choices.threads()).withSeed(choices.seed());
        return new TrainingSetup(model, photos, Augmentation.NONE, options)
                .with(validations)
                .withBoxes(new DetectionTask(boxes, augmentation, split.validation()), new DetectionLoss(boxes, loss));
    }

    private Network usualNetwork() {
        double alpha = start == null ? StartingDetector.alpha() : StartingDetector.alpha(start.weights());
        return SsdMobileNetV1.of(alpha, RESOLUTION, annotations.labels().size()).network();
    }

    /// The weights to start from, with the batch normalizations that were folded into them.
    private Optional<Weights> learned(Split split) throws IOException {
        if (start == null) {
            return Optional.empty();
        }
        if (start.quantization().isPresent()) {
            throw new BadValueException("the network " + start.network().name()
                    + " is quantized, and only floats can be trained; start from the model that it was made from");
        }
        var starting = new StartingModel(_ -> {}, choices.seed(), choices.threads());
        var model = UnfoldedModel.isPossible(start) ? starting.unfolded(start, split.train()) : start;
        return Optional.of(model.weights());
    }

    /// The annotations, and the network if one was given.
    @Override
    public String toString() {
        return "DetectorTraining[" + annotations + (network == null ? "" : ", " + network.name()) + "]";
    }
}
