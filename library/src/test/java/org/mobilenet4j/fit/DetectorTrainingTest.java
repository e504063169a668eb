package org.mobilenet4j.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.data.augment.BoxAugmentation;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.detect.train.DetectionLoss;
import org.mobilenet4j.detect.train.DetectionValidator;
import org.mobilenet4j.detect.train.Scenes;
import org.mobilenet4j.detect.train.ScoreLoss;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.ValidationSchedule;

class DetectorTrainingTest {
    private static final int RESOLUTION = 96;

    @TempDir
    private Path folder;

    private static Network network(int classes) {
        return SsdMobileNetV1.of(0.25, RESOLUTION, classes).network();
    }

    static List<DetectionLoss.Settings> losses() {
        return List.of(
                DetectionLoss.Settings.FOCAL,
                DetectionLoss.Settings.MINED,
                new DetectionLoss.Settings(new ScoreLoss.Softmax(), 3, 1));
    }

    private static DetectorTraining overfitting(Annotations scenes) {
        return DetectorTraining.of(scenes)
                .validation(scenes)
                .network(network(3))
                .augmentation(BoxAugmentation.NONE)
                .threads(2)
                .recipe(Recipe.DETECTION
                        .withBatch(10)
                        .withEpochs(70)
                        .withRate(0.004)
                        .with("average-decay", "0.9"));
    }

    /// Twenty scenes are learned by heart by each of the losses, and the model that is kept finds what is in them.
    @ParameterizedTest
    @MethodSource("losses")
    void learnsTwentyScenesByHeart(DetectionLoss.Settings loss) throws IOException {
        var scenes = Scenes.of(20, 1);
        var file = folder.resolve("scenes.safetensors");
        var fit = overfitting(scenes)
                .loss(loss)
                .validations(ValidationSchedule.every(35))
                .into(file)
                .fit();
        assertThat(fit.halfPrecision()).isGreaterThan(0.95);
        assertThat(fit.model().labels()).isEqualTo(Scenes.LABELS);

        var kept = ModelFile.read(file);
        var photo = scenes.photos().getFirst();
        var found = Detector.open(kept).withMinScore(0.4f).detect(photo.photo().decode());
        for (var object : photo.objects()) {
            assertThat(found)
                    .anyMatch(
                            each -> each.index() == object.label() && each.box().overlap(object.box()) > 0.5);
        }
        assertThat(new DetectionValidator(scenes).measure(kept, 2).top1()).isEqualTo(fit.halfPrecision());
    }

    @Test
    void bodyStartsFromAClassifier() throws IOException {
        var body = MobileNetV1.of(0.25, 64, 7).withMinDepth(16).network();
        var base = new Model(body, InitialWeights.of(body, 5), List.of(), Training.PREPROCESSING);
        var start = DetectorTraining.of(Scenes.of(10, 2)).from(base).setup().start();
        assertThat(start.network().name()).isEqualTo("ssd-mobilenet-v1-0.25-300");
        int taken = 0;
        for (var tensor : base.weights().tensors().entrySet()) {
            taken += Objects.equals(tensor.getValue(), start.weights().tensors().get(tensor.getKey())) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(base.weights().tensors().size() - 2); // all but conv_preds
        assertThat(values(start, "scores_1/bias")).containsOnly(-4.6f);
        assertThat(values(start, "boxes_1/bias")).containsOnly(0f);
    }

    private static float[] values(Model model, String name) {
        return Objects.requireNonNull(model.weights().tensors().get(name)).toArray();
    }

    /// An interrupted training goes on from its checkpoint, and ends as one that was not interrupted.
    @Test
    void goesOnWhereItWasInterrupted() throws IOException {
        var scenes = Scenes.of(12, 3);
        var training = DetectorTraining.of(scenes)
                .validation(Scenes.of(4, 4))
                .network(network(3))
                .augmentation(BoxAugmentation.SSD.withMosaic(0.5))
                .threads(2)
                .recipe(Recipe.DETECTION.withBatch(4).withEpochs(3));
        var whole = training.fit();
        var file = folder.resolve("parts.safetensors");
        var epochs = new ArrayList<Integer>();
        assertThatThrownBy(() -> training.into(file)
                        .onEpoch(epoch -> {
                            epochs.add(epoch.epoch());
                            Thread.currentThread().interrupt();
                        })
                        .fit())
                .isInstanceOf(java.io.InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        var rest =
                training.into(file).onEpoch(epoch -> epochs.add(epoch.epoch())).fit();
        assertThat(epochs).containsExactly(1, 2, 3);
        whole.model()
                .weights()
                .tensors()
                .forEach((name, tensor) ->
                        assertThat(values(rest.model(), name)).as(name).isEqualTo(tensor.toArray()));
    }

    @Test
    void whatDoesNotFitIsExplained() {
        var scenes = Scenes.of(10, 1);
        assertThatThrownBy(() -> DetectorTraining.of(scenes).network(network(5)).fit())
                .isInstanceOf(BadValueException.class)
                .hasMessage("the network ssd-mobilenet-v1-0.25-96 has 5 classes, but scenes has 3; give a network"
                        + " with as many");
        var classifier = MobileNetV1.of(0.25, 64, 3).network();
        assertThatThrownBy(() -> DetectorTraining.of(scenes).network(classifier).fit())
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("mobilenet-v1-0.25-64 is no SSD on MobileNet");
    }
}
