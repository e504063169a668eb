package org.mobilenet4j.train;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.loss.Loss;

/// Describes a training run: the model, the data and the options. [TrainingAssembly] creates the parts of the run
/// from it.
///
/// @param start the network before the first step, with an output for each label of the photos, and the
///     preprocessing and notes of the resulting model; its own labels are ignored
/// @param photos the training photos, and the validation photos that decide which epoch's weights are kept
/// @param augmentation of the training photos
/// @param options of the trainer; its seed also determines the order of the photos
/// @param validations when to validate, and how long to wait for a better result
/// @param teacher a model that it learns from in addition to the labels; the options' loss must then match it
/// @param quantization for quantization-aware training
/// @param boxes where photos show objects in boxes; the options' loss must then match it
public record TrainingSetup(
        Model start,
        Split photos,
        Augmentation augmentation,
        TrainerOptions options,
        ValidationSchedule validations,
        Optional<Teacher> teacher,
        Optional<FakeQuantization> quantization,
        Optional<BoxTask> boxes) {
    public TrainingSetup {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(photos, "photos");
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(validations, "validations");
        Objects.requireNonNull(teacher, "teacher");
        Objects.requireNonNull(quantization, "quantization");
        if (teacher.isPresent() && quantization.isPresent()) {
            throw new BadValueException("a teacher can only train a float model; quantize it afterwards");
        }
        if (teacher.isPresent() && boxes.isPresent()) {
            throw new BadValueException("a detector learns from boxes alone; leave out the teacher");
        }
    }

    /// Training on photos of classes.
    public TrainingSetup(
            Model start,
            Split photos,
            Augmentation augmentation,
            TrainerOptions options,
            ValidationSchedule validations,
            Optional<Teacher> teacher,
            Optional<FakeQuantization> quantization) {
        this(start, photos, augmentation, options, validations, teacher, quantization, Optional.empty());
    }

    /// Training from the labels alone in float arithmetic, up to the last epoch, with a validation after each.
    public TrainingSetup(Model start, Split photos, Augmentation augmentation, TrainerOptions options) {
        this(start, photos, augmentation, options, ValidationSchedule.EACH_EPOCH, Optional.empty(), Optional.empty());
    }

    /// Starting from other weights of the same network.
    public TrainingSetup startingFrom(Weights weights) {
        var other = start.withNetwork(start.network(), weights);
        return new TrainingSetup(other, photos, augmentation, options, validations, teacher, quantization, boxes);
    }

    /// With another loss.
    public TrainingSetup withLoss(Loss loss) {
        return new TrainingSetup(
                start, photos, augmentation, options.withLoss(loss), validations, teacher, quantization, boxes);
    }

    /// With another validation schedule.
    public TrainingSetup with(ValidationSchedule newValidations) {
        return new TrainingSetup(start, photos, augmentation, options, newValidations, teacher, quantization, boxes);
    }

    /// With a teacher in addition to the labels.
    ///
    /// @param loss matches the teacher
    /// @param notes stored in the model
    public TrainingSetup withTeacher(Teacher newTeacher, Loss loss, Map<String, String> notes) {
        return new TrainingSetup(
                start.withNotes(notes),
                photos,
                augmentation,
                options.withLoss(loss),
                validations,
                Optional.of(newTeacher),
                quantization,
                boxes);
    }

    /// The same with quantization-aware training, starting from a network without batch normalization.
    public TrainingSetup withQuantization(FakeQuantization how) {
        return new TrainingSetup(start, photos, augmentation, options, validations, teacher, Optional.of(how), boxes);
    }

    /// The same for photos of objects.
    ///
    /// @param loss takes the task's targets
    public TrainingSetup withBoxes(BoxTask task, Loss loss) {
        return new TrainingSetup(
                start,
                photos,
                augmentation,
                options.withLoss(loss),
                validations,
                teacher,
                quantization,
                Optional.of(task));
    }
}
