package org.mobilenet4j.train;

import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.loss.Loss;

/// What is trained on what, and how. [TrainingAssembly] makes the parts of a training of it.
///
/// @param start the network before the first step, with an output for each label of the photos, the preprocessing and
///     the notes of the model that is made; its own labels do not matter
/// @param photos those that are learned, and those that decide which epoch's weights are kept
/// @param augmentation of the photos that are learned
/// @param options of the trainer; its seed decides the order of the photos too
/// @param validations when the photos for validation are looked at, and how long a better result is waited for
/// @param teacher a model that it learns from besides the labels; the options' loss is then of the same making
/// @param quantization of the integers that the network is trained for
public record TrainingSetup(
        Model start,
        Split photos,
        Augmentation augmentation,
        TrainerOptions options,
        ValidationSchedule validations,
        Optional<Teacher> teacher,
        Optional<FakeQuantization> quantization) {
    public TrainingSetup {
        if (teacher.isPresent() && quantization.isPresent()) {
            throw new BadValueException("a network is taught in floats; quantize it afterwards");
        }
    }

    /// What is learned from the labels alone in floats, to the last epoch, with a validation after each.
    public TrainingSetup(Model start, Split photos, Augmentation augmentation, TrainerOptions options) {
        this(start, photos, augmentation, options, ValidationSchedule.EACH_EPOCH, Optional.empty(), Optional.empty());
    }

    /// With other epochs that end with a validation, and another patience.
    public TrainingSetup with(ValidationSchedule newValidations) {
        return new TrainingSetup(start, photos, augmentation, options, newValidations, teacher, quantization);
    }

    /// With a teacher besides the labels.
    ///
    /// @param loss of the teacher's making
    /// @param notes that the model carries
    public TrainingSetup withTeacher(Teacher newTeacher, Loss loss, Map<String, String> notes) {
        return new TrainingSetup(
                start.withNotes(notes),
                photos,
                augmentation,
                options.withLoss(loss),
                validations,
                Optional.of(newTeacher),
                quantization);
    }

    /// The same for integers, starting from a network without batch normalization.
    public TrainingSetup withQuantization(FakeQuantization how) {
        return new TrainingSetup(start, photos, augmentation, options, validations, teacher, Optional.of(how));
    }
}
