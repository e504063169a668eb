package org.mobilenet4j.formats.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Detectors;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.BoxOutputs.Scores;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;

/// Frozen graphs of the Object Detection API, generated with its names.
class ObjectDetectionTest {
    private static final Suppression LIMITS = new Suppression(1e-8f, 0.55f, 70, true, 30, 1);

    @TempDir
    private Path folder;

    private Model read(byte[] bytes) throws IOException {
        var file = folder.resolve("frozen_inference_graph.pb");
        Files.write(file, bytes);
        return ModelFormats.read(file);
    }

    private static Model detector(Predictors predictors, Scores meaning) {
        return Detectors.ssd(4, predictors, LIMITS, meaning);
    }

    private static void assertSame(Model model, Model expected) {
        var boxes = model.boxes().orElseThrow();
        var given = expected.boxes().orElseThrow();
        assertThat(boxes.maps()).isEqualTo(given.maps());
        assertThat(boxes.anchors().toArray()).containsExactly(given.anchors().toArray(), within(1e-6f));
        assertThat(boxes.scales()).isEqualTo(given.scales());
        assertThat(boxes.classes()).isEqualTo(given.classes());
        assertThat(boxes.hasBackground()).isEqualTo(given.hasBackground());
        assertThat(boxes.meaning()).isEqualTo(given.meaning());
        assertThat(boxes.suppression()).isEqualTo(given.suppression());
        assertThat(model.preprocessing().crop()).isEqualTo(1);
        assertThat(model.network().input()).isEqualTo(expected.network().input());
        var photo = Detectors.photo(expected.network().input(), 1);
        assertThat(Session.open(model).run(Detectors.input(model, photo), 1))
                .containsExactly(Session.open(expected).run(Detectors.input(expected, photo), 1), within(1e-3f));
    }

    @ParameterizedTest
    @CsvSource({"POINTWISE, true, true", "POINTWISE, false, false", "SEPARABLE, false, true"})
    void predictionsAndPostProcessingAreRead(Predictors predictors, boolean fusesNorms, boolean computesAnchors)
            throws IOException {
        var expected = detector(predictors, Scores.LOGITS);

        var model = read(DetectionGraph.of(expected, fusesNorms, computesAnchors, "Sigmoid"));

        assertSame(model, expected);
        assertThat(model.assumptions()).doesNotContainKeys("anchors", "suppression");
    }

    /// What rounds is passed through, and that is noted: the floats are computed.
    @Test
    void graphsTrainedForIntegersAreReadAsFloats() throws IOException {
        var expected = detector(Predictors.POINTWISE, Scores.LOGITS);

        var model = read(DetectionGraph.trainedForIntegers(expected));

        assertSame(model, expected);
        assertThat(model.notes())
                .hasEntrySatisfying("quantization", note -> assertThat(note).contains("FakeQuant"));
    }

    @Test
    void otherConstantsCount() throws IOException {
        var model = detector(Predictors.POINTWISE, Scores.EXCLUSIVE_LOGITS);
        var boxes = model.boxes().orElseThrow();
        var expected = model.withBoxes(new BoxOutputs(
                boxes.maps(), boxes.anchors(), List.of(4f, 5f, 2f, 3f), 5, false, Scores.EXCLUSIVE_LOGITS, LIMITS));

        assertSame(read(DetectionGraph.of(expected, true, false, "Softmax")), expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void graphsForTfliteSayItInOneOperator(boolean isPerClass) throws IOException {
        var model = detector(Predictors.POINTWISE, Scores.LOGITS);
        var boxes = model.boxes().orElseThrow();
        var expected = model.withBoxes(new BoxOutputs(
                boxes.maps(),
                boxes.anchors(),
                List.of(4f, 5f, 2f, 3f),
                4,
                true,
                Scores.LOGITS,
                new Suppression(0.25f, 0.45f, 17, isPerClass, 8, 3)));

        assertSame(read(DetectionGraph.forTflite(expected)), expected);
    }

    @Test
    void anchorsThatCannotBeComputedAreSsds() throws IOException {
        var expected = detector(Predictors.POINTWISE, Scores.LOGITS);
        var bytes = replaced(DetectionGraph.of(expected, true, true, "Sigmoid"), "Range", "Ranke");

        var model = read(bytes);

        assertSame(model, expected);
        assertThat(model.assumptions()).containsKey("anchors");
    }

    @Test
    void labelsLieBesideIt() throws IOException {
        Files.writeString(folder.resolve("labelmap.txt"), "???\na\nb\nc\nd\n");

        var model = read(DetectionGraph.of(detector(Predictors.POINTWISE, Scores.LOGITS), true, false, "Sigmoid"));

        assertThat(model.labels()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void photosOfAnySizeAreRefused() throws IOException {
        var bytes = DetectionGraph.of(detector(Predictors.POINTWISE, Scores.LOGITS), true, false, "Sigmoid");

        assertThatThrownBy(() -> read(replaced(bytes, "ResizeBilinear", "RandomBilinear")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("only detectors with one fixed size")
                .hasMessageNotContaining("\n");
    }

    /// The same bytes with another word of the same length.
    private static byte[] replaced(byte[] bytes, String from, String to) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1).replace(from, to);
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void damagedGraphsAreRefusedInOneLine() throws IOException {
        var bytes = DetectionGraph.of(detector(Predictors.POINTWISE, Scores.LOGITS), false, true, "Sigmoid");
        var random = new Random(4);
        for (int run = 0; run < 150; run++) {
            var damaged = Arrays.copyOf(bytes, run % 5 == 0 ? random.nextInt(1, bytes.length) : bytes.length);
            for (int i = 0; i < 4; i++) {
                // Most of the graph is after the weights.
                int at = random.nextBoolean()
                        ? random.nextInt(damaged.length)
                        : damaged.length - 1 - random.nextInt(Math.min(20_000, damaged.length));
                damaged[at] = (byte) random.nextInt();
            }
            try {
                read(damaged);
            } catch (IOException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
    }
}
