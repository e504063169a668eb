package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.Trainer;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.optimize.Optimizer;

/// A whole MobileNet takes the same steps with our trainer as with PyTorch.
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "x86_64"},
        disabledReason = "PyTorch's native code is fetched for Linux on x86-64 alone")
class PytorchTrainingTest {
    private static final int STEPS = 5;
    private static final int BATCH = 8;
    private static final int CLASSES = 10;
    private static final double LOSS_TOLERANCE = 1e-4;
    private static final double WEIGHT_TOLERANCE = 1e-3;
    private static final double CHANGE_TOLERANCE = 5e-3;

    private static final Network NETWORK = TrainingWorkload.network(0.25, 64, CLASSES);
    private static final Weights START = TrainingWorkload.weights(NETWORK, 4);
    private static final float[] IMAGES = images();
    private static final float[] TARGETS = TrainingWorkload.targets(BATCH, CLASSES);

    private static float[] images() {
        var random = new SplittableRandom(5);
        var images = new float[BATCH * NETWORK.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    private static Recipe recipe(String optimizer) {
        return Recipe.TF_SLIM
                .with("optimizer", optimizer)
                .with("weight-decay", "0")
                .with("batch-norm-decay", String.valueOf(TrainingWorkload.BATCH_NORM_DECAY))
                .withBatch(BATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd:momentum=0.9",
                "sgd:momentum=0",
                "rmsprop:decay=0.9:momentum=0.9:epsilon=0.001:flavor=pytorch"
            })
    void fiveStepsAreThoseOfPytorch(String optimizer) {
        double rate = optimizer.startsWith("sgd") ? 0.01 : 1e-4;
        var trainer =
                Trainer.of(NETWORK, START, TrainerOptions.of(recipe(optimizer)).withThreads(2));
        try (var pytorch =
                new PytorchTraining(NETWORK, START, Optimizer.parse(optimizer), TrainingWorkload.BATCH_NORM_DECAY)) {
            for (int step = 0; step < STEPS; step++) {
                double expected = pytorch.step(IMAGES, TARGETS, BATCH, rate);
                assertThat(trainer.step(IMAGES, TARGETS, BATCH, rate))
                        .as("loss of step %d", step)
                        .isCloseTo(expected, within(LOSS_TOLERANCE));
            }
            assertAlike(trainer.weights(), pytorch.weights());
        }
    }

    /// DJL's trainer, which is also measured, does the same training.
    @Test
    void djlsTrainerDoesTheSame() {
        try (var pytorch = new PytorchTraining(
                        NETWORK, START, TrainingWorkload.OPTIMIZER, TrainingWorkload.BATCH_NORM_DECAY);
                var djl = new DjlTraining(
                        NETWORK,
                        START,
                        TrainingWorkload.OPTIMIZER,
                        TrainingWorkload.RATE,
                        TrainingWorkload.BATCH_NORM_DECAY,
                        BATCH)) {
            for (int step = 0; step < STEPS; step++) {
                double expected = pytorch.step(IMAGES, TARGETS, BATCH, TrainingWorkload.RATE);
                assertThat(djl.step(IMAGES, TARGETS, BATCH))
                        .as("loss of step %d", step)
                        .isCloseTo(expected, within(LOSS_TOLERANCE));
            }
        }
    }

    /// Compares each tensor by itself, and also the changes made by the steps: the initial weights alone would
    /// agree trivially. Moving statistics differ by intent, as ours follow the first steps faster.
    private static void assertAlike(Weights ours, Weights theirs) {
        theirs.tensors().forEach((name, tensor) -> {
            if (name.contains("/moving_")) {
                return;
            }
            var expected = tensor.toArray();
            var got = ours.get(name).toArray();
            var start = START.get(name).toArray();
            assertThat(distance(got, expected) / norm(expected))
                    .as("%s, relative to the weights", name)
                    .isLessThan(WEIGHT_TOLERANCE);
            assertThat(distance(got, expected) / distance(expected, start))
                    .as("%s, relative to what the steps changed", name)
                    .isLessThan(CHANGE_TOLERANCE);
        });
    }

    private static double norm(float[] values) {
        return distance(values, new float[values.length]);
    }

    private static double distance(float[] values, float[] others) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = (double) values[i] - others[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @Test
    void whatPytorchCannotDoAlikeIsNamed() {
        var same = MobileNetV1.of(0.25, 64, CLASSES).network();
        assertThatThrownBy(() -> new PytorchTraining(same, Weights.random(same, 1), TrainingWorkload.OPTIMIZER, 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conv1")
                .hasMessageContaining("symmetric");
        assertThatThrownBy(() -> new PytorchTraining(NETWORK, START, Optimizer.parse("adamw"), 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("adamw");
    }
}
