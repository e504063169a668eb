package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.Vgg16;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.Tensor;

/// Folded batch normalizations are put back, so that a network from a TFLite file is trained as one that has them.
class UnfoldedModelTest {
    private static final ColoredSquares PHOTOS = new ColoredSquares(60, 0);

    @TempDir
    private Path folder;

    /// A MobileNet with random weights, and with a channel that died.
    private static Model trained() {
        var network = MobileNetV1.of(0.25, 32, 3).network();
        var weights = Weights.random(network, 3);
        var values = weights.get("conv_pw_3/kernel").toArray();
        for (int i = 5; i < values.length; i += 32) {
            values[i] = 0;
        }
        var tensors = weights.tensors();
        tensors.put("conv_pw_3/kernel", Tensor.of(values, 1, 1, 32, 32));
        return new Model(network, new Weights(tensors), List.of("blue", "green", "red"), Preprocessing.TF_SLIM);
    }

    private static Model unfolded(Model folded) throws IOException {
        var spec = new BatchSpec(folded.network().input(), folded.preprocessing(), Augmentation.NONE, 10, 1, 1);
        try (var batches = Batches.training(PHOTOS, spec)) {
            return UnfoldedModel.of(folded, batches, 4);
        }
    }

    @Test
    void answersAsBefore() throws IOException {
        var model = trained();
        var folded = FoldedModel.of(model);
        var unfolded = unfolded(folded);
        assertThat(unfolded.network().parameters().keySet())
                .isEqualTo(model.network().parameters().keySet());
        var image = new float[model.network().input().elements()];
        var random = new Random(8);
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextGaussian();
        }
        var before = Session.open(folded, 1).run(image, 1);
        var after = Session.open(unfolded, 1).run(image, 1);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-4f));
        }
    }

    /// What a training normalizes by is close to what the file's statistics are.
    @Test
    void statisticsAreThoseOfThePhotos() throws IOException {
        var unfolded = unfolded(FoldedModel.of(trained()));
        var trainer = Trainer.of(
                unfolded.network(),
                unfolded.weights(),
                TrainerOptions.of(Recipe.FINE_TUNING.withBatch(40)).withThreads(1));
        var spec = new BatchSpec(unfolded.network().input(), unfolded.preprocessing(), Augmentation.NONE, 40, 1, 1);
        try (var batches = Batches.training(PHOTOS, spec)) {
            batches.start(0);
            trainer.startMeasurement();
            trainer.measure(batches.next().orElseThrow().images(), 40);
        }
        var stored = unfolded.weights().get("conv_pw_13_bn/moving_mean").toArray();
        var measured =
                trainer.measuredWeights().get("conv_pw_13_bn/moving_mean").toArray();
        double error = 0;
        double size = 0;
        for (int i = 0; i < stored.length; i++) {
            error += Math.pow(stored[i] - measured[i], 2);
            size += Math.pow(stored[i], 2);
        }
        assertThat(error).isLessThan(1e-3 * size);
    }

    /// What it has learned is not destroyed by the rate for normalized networks.
    @Test
    void tuningKeepsWhatWasLearned() throws IOException {
        var network = MobileNetV1.of(0.25, 32, 3).network();
        var start = new Model(network, InitialWeights.of(network, 3), List.of(), Preprocessing.TF_SLIM);
        var recipe = Recipe.FINE_TUNING.withBatch(20).withEpochs(8);
        var learned = train(start, recipe.withRate(0.1), "learned");
        var folded = FoldedModel.of(ModelFile.read(folder.resolve("learned.safetensors")));
        assertThat(UnfoldedModel.isPossible(folded)).isTrue();
        assertThat(learned).isGreaterThan(0.8);
        assertThat(train(unfolded(folded), recipe.withEpochs(2), "tuned")).isGreaterThan(learned - 0.1);
    }

    /// Top-1 after the last epoch.
    private double train(Model start, Recipe recipe, String name) throws IOException {
        var photos = new ColoredSquares(120, 0);
        var setup = new TrainingSetup(
                start,
                new Split(photos, photos),
                Augmentation.NONE,
                TrainerOptions.of(recipe).withThreads(1).withSeed(7));
        try (var run =
                TrainingRun.start(setup, folder.resolve(name + ".safetensors"), folder.resolve(name + ".checkpoint"))) {
            run.run(new TrainingRun.Listener() {});
            return run.progress().history().getLast().top1();
        }
    }

    @Test
    void networksThatNeverHadThemStay() {
        var plain = Vgg16.of(32, 3).network();
        assertThat(UnfoldedModel.isPossible(
                        new Model(plain, InitialWeights.of(plain, 1), List.of(), Preprocessing.TF_SLIM)))
                .isFalse();
        assertThat(UnfoldedModel.isPossible(trained())).isFalse();
    }
}
