package org.mobilenet4j.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.compress.quantize.Quantization;
import org.mobilenet4j.data.FileList;
import org.mobilenet4j.data.Pictures;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.train.ColoredSquares;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainingProgress;
import org.mobilenet4j.train.TrainingRun;

class FitTest {
    private static final Recipe RECIPE = Recipe.FINE_TUNING.withBatch(10).withEpochs(3);

    @TempDir
    private Path folder;

    private static Network network() {
        return MobileNetV1.of(0.25, 32, 1000).network();
    }

    private static Training training() {
        return Training.of(new ColoredSquares(60, 0))
                .network(network())
                .recipe(RECIPE)
                .threads(2);
    }

    private static Model pretrained() {
        var network = MobileNetV1.of(0.25, 32, 5).network();
        return new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
    }

    private static void assertSameWeights(Model actual, Model expected) {
        assertThat(actual.weights().tensors().keySet())
                .isEqualTo(expected.weights().tensors().keySet());
        expected.weights()
                .tensors()
                .forEach((name, tensor) -> assertThat(actual.weights().get(name).toArray())
                        .as(name)
                        .isEqualTo(tensor.toArray()));
    }

    @Test
    void learnsAndTellsOfEachEpoch() throws IOException {
        var told = new ArrayList<EpochResult>();
        var fit = Training.of(new ColoredSquares(120, 0))
                .network(network())
                .recipe(RECIPE.withEpochs(8))
                .threads(2)
                .onEpoch(told::add)
                .fit();

        assertThat(fit.validation().top1()).isGreaterThan(0.6);
        assertThat(fit.validation().images()).isEqualTo(12);
        assertThat(fit.model().labels()).containsExactly("blue", "green", "red");
        assertThat(fit.model().notes()).containsEntry("trained on", "108 photos of squares");
        assertThat(fit.epochs()).isEqualTo(told).hasSize(8);
        assertThat(fit.unreadable().count() + fit.unvalidated().count()).isZero();
        assertThat(fit.toString()).startsWith("Fit[mobilenet-v1-0.25-32, 3 classes, top-1 ");
        assertThat(told.getFirst().toString()).matches("epoch 1: loss \\d\\.\\d+, top-1 \\d+\\.\\d %, \\d+\\.\\d s");
    }

    /// The usual recipe's batch is larger than the whole of them.
    @Test
    void fewPhotosAreNoReasonToFail() throws IOException {
        var fit = Training.of(new ColoredSquares(30, 0))
                .network(network())
                .epochs(1)
                .fit();
        assertThat(fit.epochs()).hasSize(1);
        assertThat(fit.model().preprocessing()).isEqualTo(Training.PREPROCESSING);
    }

    @Test
    void theSeedDecides() throws IOException {
        var one = training().fit().model();
        assertSameWeights(training().fit().model(), one);
        assertThat(training()
                        .seed(2)
                        .fit()
                        .model()
                        .weights()
                        .get("conv1/kernel")
                        .toArray())
                .isNotEqualTo(one.weights().get("conv1/kernel").toArray());
    }

    @Test
    void eachMethodReturnsAnother() throws IOException {
        var training = training();
        var ignored = training.seed(5).epochs(1).threads(1);
        assertThat(ignored).isNotSameAs(training);
        assertThat(training.fit().epochs()).hasSize(3);
    }

    /// Interrupted in the middle of the second epoch, or at its end, it goes on to the bits of an unbroken training.
    @ParameterizedTest
    @ValueSource(ints = {7, -1})
    void anInterruptedTrainingGoesOn(int step) throws IOException {
        var whole = training().into(folder.resolve("whole.safetensors")).fit();
        var file = folder.resolve("parts.safetensors");

        assertThatThrownBy(
                        () -> training().into(file).listener(interrupting(step)).fit())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessageContainingAll("interrupted", "parts.checkpoint");
        assertThat(Thread.interrupted()).isTrue();
        var told = new ArrayList<EpochResult>();
        var rest = training().into(file).onEpoch(told::add).fit();

        assertThat(told).hasSize(step < 0 ? 1 : 2);
        assertThat(rest.epochs()).hasSize(3);
        assertThat(rest.validation()).isEqualTo(whole.validation());
        assertSameWeights(rest.model(), whole.model());
        assertSameWeights(Models.read(file), whole.model());
        assertThat(ownThreads()).isEmpty();
    }

    /// At a step of all epochs, counted from 1, or at the end of the second.
    private static TrainingRun.Listener interrupting(int atStep) {
        return new TrainingRun.Listener() {
            private int steps;

            @Override
            public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
                if (++steps == atStep) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void epoch(TrainingProgress progress) {
                if (atStep < 0 && progress.epoch() == 2) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("mobilenet4j-data"))
                .toList();
    }

    /// What is over is not lost to an interruption at its very end.
    @Test
    void theLastEpochIsTheEnd() throws IOException {
        var fit = training()
                .epochs(2)
                .listener(interrupting(-1))
                .into(folder.resolve("a.safetensors"))
                .fit();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(fit.epochs()).hasSize(2);
    }

    /// As an executor does that is shut down.
    @Test
    void anInterruptionFromOutsideEndsIt() throws Exception {
        var thrown = new ArrayList<Throwable>();
        var thread = Thread.ofPlatform().unstarted(() -> {
            try {
                training().epochs(10_000).fit();
            } catch (IOException | RuntimeException e) {
                thrown.add(e);
            }
        });
        thread.start();
        Thread.sleep(300);
        thread.interrupt();
        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown)
                .singleElement()
                .isInstanceOf(InterruptedIOException.class)
                .asString()
                .contains("train into a file");
    }

    @Test
    void inMemoryNothingIsLeft() throws IOException {
        var before = temporary();
        training().epochs(1).fit();
        assertThatThrownBy(() -> training().listener(interrupting(3)).fit()).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(temporary()).isEqualTo(before);
    }

    /// A training's folder holds its model or its checkpoint.
    private static List<Path> temporary() throws IOException {
        var all = new ArrayList<Path>();
        try (var folders = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "mobilenet4j-*")) {
            for (var folder : folders) {
                if (Files.exists(folder.resolve("model.checkpoint"))) {
                    all.add(folder);
                }
            }
        }
        return all;
    }

    @Test
    void badPhotosAreNamed() throws IOException {
        var files = Pictures.pictures(20, 0, "ant", "bee");
        files.put("ant/notes.png", new byte[] {'m', 'i', 'l', 'k'});
        Pictures.write(folder, files);
        var entries = new ArrayList<FileList.Entry>();
        for (var name : files.keySet()) {
            entries.add(new FileList.Entry(folder.resolve(name), name.substring(0, 3)));
        }
        var photos = FileList.of("pictures", entries);

        var fit = Training.of(photos)
                .network(network())
                .recipe(RECIPE.withEpochs(1))
                .fit();

        assertThat(fit.unreadable().count() + fit.unvalidated().count()).isEqualTo(1);
        var problems = new ArrayList<>(fit.unreadable().problems());
        problems.addAll(fit.unvalidated().problems());
        assertThat(problems).singleElement().asString().contains("notes.png");
    }

    @Test
    void tooFewPhotosAreRefused() {
        assertThatThrownBy(() -> Training.of(new ColoredSquares(3, 0)).fit())
                .isInstanceOf(BadFileException.class)
                .hasMessageContainingAll("squares", "too few photos", "3 photos of 3 classes", "add photos");
        assertThatThrownBy(() -> training().into(folder.resolve("my.tflite")).fit())
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("my.tflite: the name of a trained model must end in .safetensors");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void nonsenseIsRefusedByName() {
        assertThatThrownBy(() -> Training.of(null)).hasMessage("photos");
        assertThatThrownBy(() -> FineTuning.of(null, new ColoredSquares(30, 0))).hasMessage("model");
        assertThatThrownBy(() -> training().onEpoch(null)).hasMessage("listener");
        assertThatThrownBy(() -> training().epochs(0)).hasMessageContaining("epochs must be positive, not 0");
        assertThatThrownBy(() -> training().threads(0)).hasMessageContaining("threads must be positive, not 0");
    }

    @Test
    void theLastLayerAlone() throws IOException {
        var model = pretrained();
        var tuning = FineTuning.of(model, new ColoredSquares(90, 0))
                .validation(new ColoredSquares(60, 1000))
                .headOnly();
        var fit = tuning.into(folder.resolve("head.safetensors")).fit();

        assertThat(tuning.toString()).contains("last layer only", "squares", "90 photos of 3 classes");
        assertThat(fit.validation().images()).isEqualTo(60);
        assertThat(fit.validation().top1()).isGreaterThan(0.45);
        assertThat(fit.epochs()).isEmpty();
        assertThat(fit.model().labels()).containsExactly("blue", "green", "red");
        assertThat(fit.model().weights().get("conv_pw_13/kernel").toArray())
                .isEqualTo(model.weights().get("conv_pw_13/kernel").toArray());
        assertSameWeights(Models.read(folder.resolve("head.safetensors")), fit.model());
    }

    @Test
    void allLayers() throws IOException {
        var model = pretrained();
        var fit = FineTuning.of(model, new ColoredSquares(60, 0))
                .validation(new ColoredSquares(30, 1000))
                .epochs(1)
                .fit();

        assertThat(fit.validation().images()).isEqualTo(30);
        assertThat(fit.model().notes()).containsEntry("started from", "mobilenet-v1-0.25-32");
        assertThat(fit.model().preprocessing()).isEqualTo(model.preprocessing());
        assertThat(fit.model().weights().get("conv_pw_13/kernel").toArray())
                .isNotEqualTo(model.weights().get("conv_pw_13/kernel").toArray());
    }

    @Test
    void aQuantizedModelIsNotTrained() throws IOException {
        var quantized = Quantization.of(pretrained(), new ColoredSquares(9, 0)).run();
        var tuning = FineTuning.of(quantized, new ColoredSquares(60, 0));
        for (var each : List.of(tuning, tuning.headOnly())) {
            assertThatThrownBy(each::fit)
                    .isInstanceOf(BadValueException.class)
                    .hasMessageContainingAll("is quantized", "only floats", "that it was made from");
        }
        assertThat(quantized.toString()).endsWith("5 classes, quantized]");
    }
}
