package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;

/// Inference normalizes by statistics that belong to the weights that are kept, however short the training was.
class MovingStatisticsTest {
    private static final int BATCH = 8;
    private static final String MEAN = "conv_pw_13_bn/moving_mean";
    private static final String VARIANCE = "conv_pw_13_bn/moving_variance";

    @TempDir
    private Path folder;

    private static Network network() {
        return MobileNetV1.of(0.25, 32, 3).network();
    }

    /// 30 steps, with decays that need hundreds: the kept model is right on the photos it learned as often as the
    /// training said, and what is printed is what the file is worth.
    @ParameterizedTest
    @ValueSource(strings = {"0.97", "0.9997"})
    void aShortTrainingKeepsWhatItLearned(String decay) throws IOException {
        var network = network();
        var learned = new ColoredSquares(200, 0);
        var recipe = Recipe.DEFAULT
                .withBatch(20)
                .withEpochs(3)
                .withRate(0.1)
                .with("warmup", "0")
                .with("batch-norm-decay", decay);
        var setup = new TrainingSetup(
                new Model(network, InitialWeights.of(network, 3), List.of(), Preprocessing.TF_SLIM),
                new Split(learned, learned),
                Augmentation.NONE,
                TrainerOptions.of(recipe).withThreads(1).withSeed(7));
        var out = folder.resolve("kept.safetensors");
        try (var run = TrainingRun.start(setup, out, folder.resolve("kept.checkpoint"))) {
            run.run(new TrainingRun.Listener() {});
            var last = run.progress().history().getLast();
            assertThat(last.trainTop1()).isGreaterThan(0.6);
            assertThat(run.progress().bestTop1()).isGreaterThan(last.trainTop1() - 0.05);
            try (var photos = Batches.validation(learned, new TrainingAssembly(setup).batches())) {
                var again = Validation.of(ModelFile.read(out), photos, 1);
                assertThat(again.top1()).isEqualTo(run.progress().bestTop1());
            }
        }
    }

    /// The moving statistics start from no photo: the first batch counts for 9/10, the second for 9/11.
    @Test
    void movingStatisticsFollowTheFirstBatchesFaster() {
        var trainer = trainer(TrainerOptions.of(Recipe.DEFAULT.withBatch(BATCH)));
        var first = measured(trainer, images(1));
        trainer.step(images(1), targets(), BATCH, 1e-9);
        assertThat(mean(trainer.weights())).isCloseTo(0.9 * first, within(1e-4));
        double second = measured(trainer, images(2));
        trainer.step(images(2), targets(), BATCH, 1e-9);
        assertThat(mean(trainer.weights())).isCloseTo(2 / 11.0 * 0.9 * first + 9 / 11.0 * second, within(1e-4));
    }

    /// Measured statistics are the batches' mean, and measuring leaves the training as it was.
    @Test
    void measuredStatisticsAreTheBatchesMean() {
        var trainer = trainer(TrainerOptions.of(Recipe.DEFAULT.withBatch(BATCH)));
        var before = trainer.weights();
        double one = measured(trainer, images(1));
        double other = measured(trainer, images(2));
        assertThat(one).isNotCloseTo(other, within(1e-4));
        assertThat(measured(trainer, images(1), images(2))).isCloseTo((one + other) / 2, within(1e-5));
        assertThat(measured(trainer, images(1), images(1))).isCloseTo(one, within(1e-5));
        assertThat(trainer.weights().get(MEAN).toArray())
                .isEqualTo(before.get(MEAN).toArray());
        assertThat(trainer.state().step()).isZero();
    }

    /// A frozen normalization keeps the statistics that it was trained with.
    @Test
    void frozenStatisticsStay() {
        var options = TrainerOptions.of(Recipe.DEFAULT.withBatch(BATCH)).withTrained("conv_preds"::equals);
        var trainer = trainer(options);
        measured(trainer, images(1));
        trainer.step(images(1), targets(), BATCH, 0.1);
        assertThat(trainer.measuredWeights().get(VARIANCE).toArray()).containsOnly(1f);
        assertThat(trainer.weights().get(VARIANCE).toArray()).containsOnly(1f);
    }

    private static Trainer trainer(TrainerOptions options) {
        return Trainer.of(network(), InitialWeights.of(network(), 3), options.withThreads(1));
    }

    /// The first channel's mean, measured on batches.
    private static double measured(Trainer trainer, float[]... batches) {
        trainer.startMeasurement();
        for (var batch : batches) {
            trainer.measure(batch, BATCH);
        }
        return mean(trainer.measuredWeights());
    }

    private static double mean(Weights weights) {
        return weights.get(MEAN).toArray()[0];
    }

    private static float[] images(long seed) {
        var images = new float[BATCH * network().input().elements()];
        var random = new Random(seed);
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        return images;
    }

    private static float[] targets() {
        var targets = new float[BATCH * 3];
        for (int row = 0; row < BATCH; row++) {
            targets[row * 3 + row % 3] = 1;
        }
        return targets;
    }
}
