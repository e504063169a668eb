package org.mobilenet4j.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class DetectorTest {
    private static final Suppression LIMITS = Suppression.SSD.withMinScore(0.5f);

    private static Detector detector() {
        return Detector.open(ColorDetector.model(LIMITS));
    }

    @Test
    void findsWhatThereIsInPixelsOfThePhoto() {
        for (int color = 0; color < 3; color++) {
            var where = new Box(20, 40, 25, 50);

            var found = detector().detect(ColorDetector.photo(40, 80, where, color));

            assertThat(found).hasSize(1);
            assertThat(found.getFirst().index()).isEqualTo(color);
            assertThat(found.getFirst().label()).isEqualTo(ColorDetector.COLORS.get(color));
            assertThat(found.getFirst().score()).isCloseTo((float) (1 / (1 + Math.exp(-5))), within(1e-6f));
            assertThat(found.getFirst().box().overlap(where)).isGreaterThan(0.999f);
        }
    }

    @Test
    void aCroppedPhotosBoxesAreThoseOfThePhoto() {
        var model = ColorDetector.model(LIMITS);
        var half = model.withPreprocessing(model.preprocessing().withCrop(0.5));

        var found = Detector.open(half).detect(ColorDetector.photo(160, 80, new Box(40, 20, 50, 25), 2));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().box().overlap(new Box(40, 20, 50, 25))).isGreaterThan(0.999f);
    }

    @Test
    void limitsCanBeOthersThanTheModels() {
        var all = ColorDetector.photo(8, 8, new Box(0, 0, 8, 8), 0);

        assertThat(detector().detect(all)).hasSize(64);
        assertThat(detector().withLimit(5).detect(all)).hasSize(5);
        assertThat(detector().withMinScore(0.999f).detect(all)).isEmpty();
        assertThat(detector().withMinScore(0).detect(all)).hasSize(100);
        assertThatThrownBy(() -> detector().withMinScore(Float.NaN)).isInstanceOf(BadValueException.class);
        assertThatThrownBy(() -> detector().withLimit(10_000_000))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("10000");
    }

    @Test
    void manyThreadsShareOne() throws Exception {
        var detector = detector();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<List<Detection>>>();
            for (int i = 0; i < 60; i++) {
                int at = i;
                Callable<List<Detection>> task = () -> detector.detect(
                        ColorDetector.photo(8, 8, new Box(at % 8, at % 7, at % 8 + 1, at % 7 + 1), at % 3));
                results.add(threads.submit(task));
            }
            for (int i = 0; i < results.size(); i++) {
                var found = results.get(i).get();
                assertThat(found).hasSize(1);
                assertThat(found.getFirst().index()).isEqualTo(i % 3);
                assertThat(found.getFirst().box().overlap(new Box(i % 8, i % 7, i % 8 + 1, i % 7 + 1)))
                        .isGreaterThan(0.999f);
            }
        }
    }

    @Test
    void photosAtOnceGiveWhatOneByOneGives() {
        var photos = List.of(
                ColorDetector.photo(16, 8, new Box(0, 0, 2, 1), 0),
                ColorDetector.photo(8, 8, new Box(7, 7, 8, 8), 1),
                ColorDetector.photo(32, 64, new Box(0, 0, 1, 1), 2));

        assertThat(detector().detect(photos))
                .isEqualTo(photos.stream().map(detector()::detect).toList());
    }

    @Test
    void aModelFileKeepsIt(@TempDir Path folder) throws IOException {
        var model = ColorDetector.model(LIMITS);
        var file = folder.resolve("colors.safetensors");
        ModelFile.write(model, file, ElementType.FLOAT32);

        var read = ModelFile.read(file);

        assertThat(read.outputs()).isEqualTo(Outputs.DETECTIONS);
        var boxes = read.boxes().orElseThrow();
        var given = model.boxes().orElseThrow();
        assertThat(boxes.anchors().toArray()).isEqualTo(given.anchors().toArray());
        assertThat(boxes.suppression()).isEqualTo(LIMITS);
        assertThat(boxes.maps()).isEqualTo(given.maps());
        assertThat(boxes.scales()).isEqualTo(given.scales());
        var photo = ColorDetector.photo(8, 8, new Box(3, 4, 4, 5), 1);
        assertThat(Detector.open(file).detect(photo)).isEqualTo(detector().detect(photo));
    }

    @Test
    void theBackgroundHasNoLabel() {
        var model = ColorDetector.model(LIMITS);

        assertThat(model.withLabels(List.of("???", "r", "g", "b")).labels()).containsExactly("r", "g", "b");
        assertThat(model.withLabels(List.of("r", "???", "b")).label(1)).isEqualTo("class 1");
        assertThatThrownBy(() -> model.withLabels(List.of("r", "g")))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("2 labels for the 3 classes");
    }

    @Test
    void scoresThatAreNoNumbersAreRefused() {
        var model = ColorDetector.model(LIMITS);
        for (var name : List.of("scores/bias", "boxes/bias")) {
            var tensors = new java.util.HashMap<>(model.weights().tensors());
            tensors.put(name, Tensor.of(new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN}, 4));
            var damaged = Detector.open(model.withNetwork(model.network(), new Weights(tensors)));

            assertThatThrownBy(() -> damaged.detect(ColorDetector.photo(8, 8, new Box(0, 0, 8, 8), 0)))
                    .isInstanceOf(BadValueException.class)
                    .hasMessageContaining("NaN");
        }
    }

    @Test
    void tenMillionAnchorsAreRefused() {
        var few = ColorDetector.model(LIMITS).boxes().orElseThrow();

        assertThatThrownBy(() -> new BoxOutputs(
                        List.of(10_000_000), few.anchors(), few.scales(), 3, true, few.meaning(), LIMITS))
                .isInstanceOf(BadValueException.class)
                .hasMessage("a detector has from 1 to 262144 anchors, not 10000000");
        assertThatThrownBy(() -> SsdAnchors.of(List.of(new Shape(2000, 1667, 8))))
                .isInstanceOf(BadValueException.class)
                .hasMessage("feature maps as large as 2000x1667x8 have 10002000 anchors, over the limit of 262144;"
                        + " take a smaller input");
    }

    @Test
    void aClassifierIsRefused() {
        var network = MobileNetV1.of(0.25, 32, 4).network();
        var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);

        assertThatThrownBy(() -> Detector.open(model))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("is no detector")
                .hasMessageContaining("probabilities");
        assertThatThrownBy(() -> model.withOutputs(Outputs.DETECTIONS))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("without anchors");
        assertThatThrownBy(() ->
                        model.withBoxes(ColorDetector.model(LIMITS).boxes().orElseThrow()))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("64 anchors");
    }
}
