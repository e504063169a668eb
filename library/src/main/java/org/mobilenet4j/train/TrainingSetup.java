package org.mobilenet4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.optimize.Checks;

/// What is trained on what, and how.
///
/// @param network with an output for each label
/// @param start its weights before the first step
/// @param training the photos that are learned
/// @param validation the photos that decide which epoch's weights are kept
/// @param preprocessing of the model
/// @param augmentation of the training photos
/// @param options of the trainer; its seed decides the order of the photos too
/// @param patience epochs without a better validation after which training ends; 0 for never
/// @param notes that the model carries
/// @param validateEvery epochs between two validations; the last epoch always has one
/// @param teacher a model that it learns from besides the labels; the options' loss is then of the
///     same making
/// @param quantization of the whole numbers that the network is trained for
public record TrainingSetup(
        Network network,
        Weights start,
        DataSet training,
        DataSet validation,
        Preprocessing preprocessing,
        Augmentation augmentation,
        TrainerOptions options,
        int patience,
        Map<String, String> notes,
        int validateEvery,
        Optional<Teacher> teacher,
        Optional<FakeQuantization> quantization) {
    public TrainingSetup {
        notes = Map.copyOf(notes);
        if (patience < 0) {
            throw new IllegalArgumentException("patience is a number of epochs, not " + patience);
        }
        if (teacher.isPresent() && quantization.isPresent()) {
            throw new IllegalArgumentException("a network is taught in floats; quantise it afterwards");
        }
        Checks.count("the number of epochs between two validations", validateEvery);
        if (patience > 0 && patience < validateEvery) {
            throw new IllegalArgumentException(
                    "patience of " + patience + " epochs ends before the first validation, after " + validateEvery
                            + "; validate as often as that, or have more patience");
        }
    }

    /// What is learned from the labels alone in floats, with a validation after every epoch.
    public TrainingSetup(
            Network network,
            Weights start,
            DataSet training,
            DataSet validation,
            Preprocessing preprocessing,
            Augmentation augmentation,
            TrainerOptions options,
            int patience,
            Map<String, String> notes) {
        this(
                network,
                start,
                training,
                validation,
                preprocessing,
                augmentation,
                options,
                patience,
                notes,
                1,
                Optional.empty(),
                Optional.empty());
    }

    /// With a validation after every `epochs` epochs alone, and after the last.
    public TrainingSetup withValidationEvery(int epochs) {
        return new TrainingSetup(
                network,
                start,
                training,
                validation,
                preprocessing,
                augmentation,
                options,
                patience,
                notes,
                epochs,
                teacher,
                quantization);
    }

    /// With a teacher besides the labels.
    ///
    /// @param loss of the teacher's making
    /// @param newNotes that the model carries
    public TrainingSetup withTeacher(Teacher newTeacher, Loss loss, Map<String, String> newNotes) {
        return new TrainingSetup(
                network,
                start,
                training,
                validation,
                preprocessing,
                augmentation,
                options.withLoss(loss),
                patience,
                newNotes,
                validateEvery,
                Optional.of(newTeacher),
                quantization);
    }

    /// The same for whole numbers, starting from a network without batch normalisation.
    public TrainingSetup withQuantization(FakeQuantization how) {
        return new TrainingSetup(
                network,
                start,
                training,
                validation,
                preprocessing,
                augmentation,
                options,
                patience,
                notes,
                validateEvery,
                teacher,
                Optional.of(how));
    }

    /// Whether epoch `epoch`, counted from 1, ends with a validation.
    boolean isValidated(int epoch) {
        return epoch % validateEvery == 0 || epoch == options.recipe().epochs();
    }

    /// The network that the trainer sees.
    Network trained() {
        return teacher.map(it -> it.trained(network)).orElse(network);
    }

    /// The first weights of what the trainer sees.
    Weights trainedStart() {
        var trained = trained();
        return trained.equals(network) ? start : Transfer.adopt(InitialWeights.of(trained, options.seed()), start);
    }

    Trainer trainer() {
        return quantization
                .map(how -> Trainer.of(trained(), trainedStart(), options, how))
                .orElseGet(() -> Trainer.of(trained(), trainedStart(), options));
    }

    /// What a trainer has learned, as people will run it.
    Model model(Trainer trainer) {
        var floats = model(trainer.averagedWeights());
        return quantization
                .map(how -> how.ending().quantize(floats, trainer.maps().orElseThrow()))
                .orElse(floats);
    }

    /// The model of `weights`, from which those of the network are taken.
    public Model model(Weights weights) {
        return new Model(network, weights.only(network), training.labels(), preprocessing, notes);
    }

    public BatchSpec batches() {
        var spec = new BatchSpec(
                network.input(),
                preprocessing,
                augmentation,
                options.recipe().batch(),
                options.seed(),
                options.threads());
        return teacher.flatMap(Teacher::rendering).map(spec::withSecond).orElse(spec);
    }

    /// What must be the same when training goes on.
    SequencedMap<String, String> identity(int threads) {
        var trained = trained();
        var identity = new LinkedHashMap<String, String>();
        identity.put("network", trained.toString());
        // Of the text, as the hash codes of constants differ from process to process.
        identity.put("tensors", String.valueOf(trained.parameters().toString().hashCode()));
        identity.put("data", training.labels().hashCode() + "/" + training.size());
        identity.put("recipe", recipeText());
        identity.put("augmentation", augmentation.toString());
        identity.put("loss", options.loss().toString());
        teacher.ifPresent(it -> identity.put("teacher", it.identity()));
        quantization.ifPresent(how -> identity.put("quantization", how.toString()));
        identity.put("seed", String.valueOf(options.seed()));
        identity.put("threads", String.valueOf(threads));
        return identity;
    }

    private String recipeText() {
        var settings = options.recipe().settings().toString();
        var constraint = options.constraint();
        return constraint.equals(WeightConstraint.NONE) ? settings : settings + " with " + constraint;
    }
}
