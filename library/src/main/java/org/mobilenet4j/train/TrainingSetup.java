package org.mobilenet4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.Augmentation;
import org.mobilenet4j.data.BatchSpec;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

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
        int validateEvery) {
    public TrainingSetup {
        notes = Map.copyOf(notes);
        if (patience < 0) {
            throw new IllegalArgumentException("patience is a number of epochs, not " + patience);
        }
        Bounds.count("the number of epochs between two validations", validateEvery);
        if (patience > 0 && patience < validateEvery) {
            throw new IllegalArgumentException(
                    "patience of " + patience + " epochs ends before the first validation, after " + validateEvery
                            + "; validate as often as that, or have more patience");
        }
    }

    /// With a validation after every epoch.
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
        this(network, start, training, validation, preprocessing, augmentation, options, patience, notes, 1);
    }

    /// With a validation after every `epochs` epochs alone, and after the last.
    public TrainingSetup withValidationEvery(int epochs) {
        return new TrainingSetup(
                network, start, training, validation, preprocessing, augmentation, options, patience, notes, epochs);
    }

    /// Whether epoch `epoch`, counted from 1, ends with a validation.
    boolean isValidated(int epoch) {
        return epoch % validateEvery == 0 || epoch == options.recipe().epochs();
    }

    Model model(Weights weights) {
        return new Model(network, weights, training.labels(), preprocessing, notes);
    }

    BatchSpec batches() {
        return new BatchSpec(
                network.input(),
                preprocessing,
                augmentation,
                options.recipe().batch(),
                options.seed(),
                options.threads());
    }

    /// What must be the same when training goes on.
    SequencedMap<String, String> identity(int threads) {
        var identity = new LinkedHashMap<String, String>();
        identity.put("network", network.toString());
        // Of the text, as the hash codes of constants differ from process to process.
        identity.put("tensors", String.valueOf(network.parameters().toString().hashCode()));
        identity.put("data", training.labels().hashCode() + "/" + training.size());
        identity.put("recipe", options.recipe().settings().toString());
        identity.put("augmentation", augmentation.toString());
        identity.put("loss", options.loss().toString());
        identity.put("seed", String.valueOf(options.seed()));
        identity.put("threads", String.valueOf(threads));
        return identity;
    }
}
