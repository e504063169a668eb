package org.mobilenet4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
        Optional<FakeQuantization> quantization) {
    public TrainingSetup {
        notes = Map.copyOf(notes);
        if (patience < 0) {
            throw new IllegalArgumentException("patience is a number of epochs, not " + patience);
        }
    }

    /// A training with floats.
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
                Optional.empty());
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
                Optional.of(how));
    }

    Trainer trainer() {
        return quantization
                .map(how -> Trainer.of(network, start, options, how))
                .orElseGet(() -> Trainer.of(network, start, options));
    }

    Model model(Weights weights) {
        return new Model(network, weights, training.labels(), preprocessing, notes);
    }

    /// What a trainer has learned, as people will run it.
    Model model(Trainer trainer) {
        var floats = model(trainer.averagedWeights());
        return quantization
                .map(how -> how.ending().quantize(floats, trainer.maps().orElseThrow()))
                .orElse(floats);
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
        quantization.ifPresent(how -> identity.put("quantization", how.toString()));
        identity.put("seed", String.valueOf(options.seed()));
        identity.put("threads", String.valueOf(threads));
        return identity;
    }
}
