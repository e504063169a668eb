package org.mobilenet4j.app.cli.quantize;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.train.AugmentationOptions;
import org.mobilenet4j.app.cli.train.DataOptions;
import org.mobilenet4j.app.cli.train.RecipeOptions;
import org.mobilenet4j.app.cli.train.RunOptions;
import org.mobilenet4j.compress.quantize.AwareTraining;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingSetup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of quantization-aware training, which `quantize` does if `--epochs` or another setting of a recipe is given.
@OptionGroup("Quantization-aware training")
final class AwareTrainingOptions {
    @Mixin
    private final RecipeOptions recipes = new RecipeOptions();

    @Option(
            names = "--range-decay",
            paramLabel = "D",
            description = "Decay of the moving average of activation ranges in training; 1 keeps the calibrated ranges"
                    + " (default: 1).")
    private double rangeDecay = 1;

    @Mixin
    private final RunOptions running = new RunOptions();

    /// Whether training is requested.
    boolean areGiven() {
        return recipes.areGiven() || running.isResumed();
    }

    /// Trains the float model that post-training quantization started from, and keeps the best epoch's quantized model
    /// in `out`.
    ///
    /// @throws IOException if photos or files cannot be read or written, or training diverges
    RunOptions.Outcome train(
            PostTraining start, WeightScheme scheme, DataOptions data, Split photos, Path out, PrintWriter err)
            throws IOException {
        return running.run(setup(start, scheme, data, photos), out, err);
    }

    private TrainingSetup setup(PostTraining start, WeightScheme scheme, DataOptions data, Split photos) {
        var floats = start.floats();
        return new TrainingSetup(
                        floats.withNotes(start.quantized().notes()),
                        new Split(photos.train(), photos.validation()),
                        data.augmentation(AugmentationOptions.LIGHT),
                        TrainerOptions.of(recipes.recipe("quantization"))
                                .withThreads(data.threads())
                                .withSeed(data.seed()))
                .withQuantization(AwareTraining.of(start, scheme, rangeDecay));
    }
}
