package org.mobilenet4j.app.experiment.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import org.mobilenet4j.compress.quantize.AwareTraining;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Validation;
import org.mobilenet4j.train.ValidationSchedule;

/// A run that quantizes the float model of another run.
///
/// @param how it does
/// @param protocol of both
/// @param folder its own
/// @param start the floats, batch normalization folded, and what comes of them without training
public record QuantizedRun(Quantized how, Protocol protocol, RunFolder folder, PostTraining start) {
    private static final int BATCH = 64;

    /// Quantizes the float model, calibrated on photos that the seed draws.
    ///
    /// @throws IOException if the other run has no model, or photos cannot be read
    public static QuantizedRun of(Quantized how, Protocol protocol, RunFolder folder) throws IOException {
        var floats = folder.sibling(how.floats()).trained();
        var chosen = Subset.evenly(protocol.photos().train(), Quantized.PHOTOS, folder.seed());
        try (var batches = plain(chosen, floats, protocol.threads())) {
            var photos = Photos.of(batches, floats.network().input());
            return new QuantizedRun(how, protocol, folder, PostTraining.of(floats, photos, how.options()));
        }
    }

    private static Batches plain(DataSet photos, Model floats, int threads) {
        return Batches.validation(
                photos,
                new BatchSpec(floats.network().input(), floats.preprocessing(), Augmentation.NONE, BATCH, 1, threads));
    }

    /// Saves the result of post-training quantization, and measures it.
    ///
    /// @param begin start time, from [System#nanoTime]
    public EpochResult finish(long begin) throws IOException {
        var model = start.quantized().withNotes(notes());
        try (var batches = plain(protocol.photos().validation(), model, protocol.threads())) {
            var accuracy = Validation.of(model, batches, protocol.threads());
            ModelFile.write(model, folder.model(), ElementType.FLOAT32);
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new EpochResult(0, 0, Double.NaN, Double.NaN, accuracy.top1(), accuracy.top5(), seconds);
        }
    }

    /// The quantization-aware training; like any other, it is validated only after its last epoch.
    public TrainingSetup setup(Recipe recipe) {
        var photos = protocol.photos();
        // With fewer photos than a batch, all form one batch, rather than failing after hours of float training.
        var fitting = recipe.withBatch(Math.min(recipe.batch(), photos.train().size()));
        return new TrainingSetup(
                        start.floats().withNotes(notes()),
                        photos,
                        Quantized.AUGMENTATION,
                        TrainerOptions.of(fitting)
                                .withThreads(protocol.threads())
                                .withSeed(folder.seed()))
                .with(ValidationSchedule.every(recipe.epochs()))
                .withQuantization(AwareTraining.of(start, how.weights(), 1));
    }

    private LinkedHashMap<String, String> notes() {
        var notes = new LinkedHashMap<>(start.quantized().notes());
        notes.put("quantized", how.identity());
        return notes;
    }
}
