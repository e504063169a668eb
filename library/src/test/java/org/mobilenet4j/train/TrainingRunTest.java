package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.Shape;

class TrainingRunTest {
    private static final Recipe RECIPE =
            Recipe.DEFAULT.withBatch(10).withEpochs(3).withRate(0.05).with("average-decay", "0.9");
    private static final TrainingRun.Listener NOBODY = new TrainingRun.Listener() {};

    @TempDir
    private Path folder;

    /// A stem, a depthwise separable layer and a classifier.
    private static Network small(int channels) {
        return new Network(
                "small",
                new Shape(32, 32, 3),
                Sequence.of(
                        Conv.of("conv1", channels, Window.square(3, 2, Padding.SAME)),
                        new BatchNorm("conv1_bn"),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", Window.square(3, 2, Padding.SAME)),
                        new BatchNorm("conv_dw_1_bn"),
                        Activation.relu6("conv_dw_1_relu"),
                        Conv.pointwise("conv_pw_1", 2 * channels),
                        new BatchNorm("conv_pw_1_bn"),
                        Activation.relu6("conv_pw_1_relu"),
                        new GlobalAveragePool("pool"),
                        new Dropout("dropout", 0.1),
                        Dense.of("conv_preds", 3),
                        new Softmax("predictions")));
    }

    private static TrainingSetup setup(Recipe recipe, int photos) {
        return setup(small(8), recipe, photos, 0);
    }

    private static TrainingSetup setup(Network network, Recipe recipe, int photos, int patience) {
        return new TrainingSetup(
                        new Model(
                                network,
                                InitialWeights.of(network, 3),
                                List.of(),
                                Preprocessing.TF_SLIM,
                                Map.of("why", "a test")),
                        new Split(new ColoredSquares(photos, 0), new ColoredSquares(30, 1000)),
                        Augmentation.LIGHT.withMixup(0.2),
                        TrainerOptions.of(recipe).withThreads(2).withSeed(7))
                .with(ValidationSchedule.withPatience(patience));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private TrainingRun start(TrainingSetup setup, String name) throws IOException {
        return TrainingRun.start(setup, file(name + ".safetensors"), file(name + ".checkpoint"));
    }

    @Test
    void learnsAndCarriesWhatTheModelNeeds() throws IOException {
        var setup = setup(RECIPE.withEpochs(6).withRate(0.1), 150);
        try (var run = start(setup, "learned")) {
            assertThat(run.run(NOBODY)).isTrue();
            assertThat(run.progress().history()).hasSize(6);
            assertThat(run.progress().bestTop1()).isGreaterThan(0.6);
            assertThat(run.best()).isPresent();
        }
        var model = ModelFile.read(file("learned.safetensors"));
        assertThat(model.labels()).containsExactly("blue", "green", "red");
        assertThat(model.notes()).containsEntry("why", "a test");
        assertThat(model.preprocessing()).isEqualTo(Preprocessing.TF_SLIM);
    }

    /// Stopped at random steps and resumed each time, a run ends with the bytes of an unbroken one.
    @Test
    void resumesToTheBit() throws IOException {
        var setup = setup(RECIPE, 60);
        try (var run = start(setup, "whole")) {
            assertThat(run.run(NOBODY)).isTrue();
        }
        var random = new Random(11);
        boolean isDone = false;
        int parts = 0;
        while (!isDone) {
            int steps = 1 + random.nextInt(7);
            var model = file("parts.safetensors");
            var checkpoint = file("parts.checkpoint");
            try (var run = parts == 0
                    ? TrainingRun.start(setup, model, checkpoint)
                    : TrainingRun.resume(setup, model, checkpoint)) {
                isDone = run.run(stopAfter(run, steps));
            }
            parts++;
        }
        assertThat(parts).isGreaterThan(2);
        assertThat(file("parts.safetensors")).hasSameBinaryContentAs(file("whole.safetensors"));
        var assembly = new TrainingAssembly(setup);
        var trainer = assembly.trainer();
        var parted = assembly.trainer();
        Checkpoint.read(file("whole.checkpoint"), trainer.state(), assembly.identity(trainer.threads()));
        Checkpoint.read(file("parts.checkpoint"), parted.state(), assembly.identity(parted.threads()));
        assertThat(parted.state().values()).isEqualTo(trainer.state().values());
        assertThat(parted.state().slots()).isDeepEqualTo(trainer.state().slots());
        assertThat(parted.state().step()).isEqualTo(18);
    }

    /// A training that is done goes on with more epochs, at the rates of the longer schedule; fewer are refused, as is
    /// any other change.
    @Test
    void resumesWithMoreEpochs() throws IOException {
        var model = file("more.safetensors");
        var checkpoint = file("more.checkpoint");
        try (var run = TrainingRun.start(setup(RECIPE, 60), model, checkpoint)) {
            assertThat(run.run(NOBODY)).isTrue();
        }
        var longer = RECIPE.withEpochs(5);
        try (var run = TrainingRun.resume(setup(longer, 60), model, checkpoint)) {
            assertThat(run.progress().epoch()).isEqualTo(3);
            assertThat(run.run(NOBODY)).isTrue();
            var history = run.progress().history();
            assertThat(history).hasSize(5);
            assertThat(history.get(3).rate())
                    .isEqualTo(longer.learningRates(run.stepsPerEpoch()).rate(4L * run.stepsPerEpoch() - 1));
        }
        assertThatThrownBy(() -> TrainingRun.resume(setup(RECIPE, 60), model, checkpoint))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("epochs=5, not epochs=3");
        assertThatThrownBy(() -> TrainingRun.resume(setup(RECIPE.withEpochs(9).withRate(0.01), 60), model, checkpoint))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("rate=0.05");
        assertThatThrownBy(() ->
                        TrainingRun.resume(setup(longer.withPrecision(Precision.BFLOAT16), 60), model, checkpoint))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("not precision=bf16");
    }

    private static TrainingRun.Listener stopAfter(TrainingRun run, int steps) {
        return new TrainingRun.Listener() {
            private int done;

            @Override
            public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
                done++;
                if (done == steps) {
                    run.stop();
                }
            }
        };
    }

    @Test
    void doesNotResumeAnotherTraining() throws IOException {
        var setup = setup(RECIPE.withEpochs(1), 30);
        try (var run = start(setup, "one")) {
            run.run(NOBODY);
        }
        var other = setup(small(12), RECIPE.withEpochs(1), 30, 0);
        assertThatThrownBy(() -> TrainingRun.resume(other, file("one.safetensors"), file("one.checkpoint")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("the tensors")
                .hasMessageContaining("start again without --resume");
        assertThatThrownBy(() -> TrainingRun.resume(setup, file("no.safetensors"), file("no.checkpoint")))
                .hasMessageContaining("there is no checkpoint");
        Files.write(file("bad.checkpoint"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> TrainingRun.resume(setup, file("bad.safetensors"), file("bad.checkpoint")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.checkpoint");
    }

    @Test
    void saysThatItDiverges() throws IOException {
        var wild = RECIPE.with("optimizer", "sgd:momentum=0.9")
                .with("schedule", "constant")
                .withRate(1e6);
        try (var run = start(setup(wild, 60), "wild")) {
            assertThatThrownBy(() -> run.run(NOBODY))
                    .isInstanceOf(BadValueException.class)
                    .hasMessageContaining("diverged")
                    .hasMessageContaining("smaller --rate");
        }
    }

    @Test
    void endsWhenPatienceDoes() throws IOException {
        var still = RECIPE.withRate(1e-12).withEpochs(9);
        try (var run = start(setup(small(8), still, 30, 2), "still")) {
            assertThat(run.run(NOBODY)).isTrue();
            assertThat(run.progress().epoch()).isLessThan(9);
            assertThat(run.progress().epoch() - run.progress().lastImprovement())
                    .isEqualTo(2);
        }
    }

    @Test
    void validatesAsOftenAsItIsTold() throws IOException {
        try (var run = start(setup(RECIPE, 30).with(ValidationSchedule.every(2)), "seldom")) {
            assertThat(run.run(NOBODY)).isTrue();
            assertThat(run.progress().history().stream().map(result -> Double.isNaN(result.top1())))
                    .containsExactly(true, false, false);
            assertThat(run.progress().bestEpoch()).isGreaterThan(1);
        }
        assertThatThrownBy(() -> new ValidationSchedule(3, 2)).hasMessageContaining("before the first validation");
    }

    @Test
    void wantsABatchOfData() {
        assertThatThrownBy(() -> start(setup(RECIPE.withBatch(40), 30), "few"))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("too few for a batch of 40");
    }

    @Test
    void wantsAFolder() {
        var setup = setup(RECIPE, 30);
        assertThatThrownBy(() -> TrainingRun.start(setup, file("no/model.safetensors"), file("no/model.checkpoint")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("folder does not exist");
    }
}
