package org.mobilenet4j.formats.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Detectors;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.formats.OnnxOracle;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.BoxOutputs.Scores;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// Detectors written as ONNX: ONNX Runtime computes what we compute, and they come back as they were.
class OnnxDetectorWriterTest {
    @TempDir
    private Path folder;

    private static Image photo(Model model, int seed) {
        return Detectors.photo(model.network().input(), seed);
    }

    private Model readAgain(byte[] bytes) throws IOException {
        var file = folder.resolve("detector.onnx");
        Files.write(file, bytes);
        return ModelFormats.read(file);
    }

    private static double probability(Scores meaning, float[] outputs, int from, int width, int score) {
        if (meaning == Scores.LOGITS) {
            return 1 / (1 + Math.exp(-outputs[from + score]));
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += Math.exp(outputs[from + i]);
        }
        return Math.exp(outputs[from + score]) / sum;
    }

    @ParameterizedTest
    @CsvSource({"POINTWISE, LOGITS", "SEPARABLE, EXCLUSIVE_LOGITS"})
    void rawPredictionsAreOutputs(Predictors predictors, Scores meaning) throws OrtException, IOException {
        var model = Detectors.ssd(4, predictors, Detectors.PER_CLASS, meaning);
        var bytes = OnnxWriter.bytes(model, ElementType.FLOAT32);
        var boxes = model.boxes().orElseThrow();
        var image = Detectors.input(model, photo(model, 1));
        var expected = Session.open(model).run(image, 1);

        try (var oracle = OnnxOracle.open(bytes, model.network())) {
            var outputs = oracle.runToAll(image);
            assertThat(outputs).hasSize(3);
            assertThat(outputs.get(2)).containsExactly(boxes.anchors().toArray());
            for (int anchor = 0; anchor < boxes.count(); anchor++) {
                for (int i = 0; i < 4; i++) {
                    assertThat(outputs.get(0)[anchor * 4 + i])
                            .isCloseTo(expected[boxes.encodingPlaces()[anchor] + i], within(1e-3f));
                }
                for (int i = 0; i < 5; i++) {
                    double score = probability(meaning, expected, boxes.scorePlaces()[anchor], 5, i);
                    assertThat(outputs.get(1)[anchor * 5 + i]).isCloseTo((float) score, within(1e-4f));
                }
            }
        }
        assertSame(readAgain(bytes), model);
    }

    /// The names of all layers with weights.
    private static List<String> layers(Model model) {
        return List.copyOf(model.network().parameters().keySet());
    }

    private static void assertSame(Model again, Model model) {
        assertThat(again.labels()).isEqualTo(model.labels());
        assertThat(layers(again)).containsExactlyElementsOf(layers(model));
        var boxes = again.boxes().orElseThrow();
        var given = model.boxes().orElseThrow();
        assertThat(boxes.anchors().toArray()).containsExactly(given.anchors().toArray());
        assertThat(boxes.maps()).isEqualTo(given.maps());
        assertThat(boxes.meaning()).isEqualTo(given.meaning());
        assertThat(boxes.suppression()).isEqualTo(given.suppression());
        var image = Detectors.input(model, photo(model, 7));
        assertThat(Session.open(again).run(image, 1))
                .containsExactly(Session.open(model).run(image, 1));
    }

    @ParameterizedTest
    @CsvSource({"LOGITS, true", "LOGITS, false", "EXCLUSIVE_LOGITS, true"})
    void suppressionByOption(Scores meaning, boolean isPerClass) throws OrtException, IOException {
        var limits = isPerClass ? Detectors.PER_CLASS : Detectors.FAST;
        var model = Detectors.ssd(4, Predictors.POINTWISE, limits, meaning);
        var bytes = OnnxWriter.bytes(model, ElementType.FLOAT32, true);
        int all = 0;
        try (var oracle = OnnxOracle.open(bytes, model.network())) {
            for (int seed = 0; seed < 4; seed++) {
                var photo = photo(model, seed);
                var found = Detector.open(model).detect(photo);
                assertFound(oracle.runToAll(Detectors.input(model, photo)), found, photo);
                all += found.size();
            }
        }
        assertThat(all).isGreaterThan(20);
        assertSame(readAgain(bytes), model);
    }

    private static void assertFound(List<float[]> outputs, List<Detection> found, Image photo) {
        assertThat(outputs.get(1)).hasSameSizeAs(found);
        for (int i = 0; i < found.size(); i++) {
            var each = found.get(i);
            assertThat(each.score()).isCloseTo(outputs.get(1)[i], within(1e-4f));
            assertThat(each.index()).isEqualTo((int) outputs.get(2)[i]);
            var box = each.box();
            float[] edges = {box.y0(), box.x0(), box.y1(), box.x1()};
            for (int e = 0; e < 4; e++) {
                float side = e % 2 == 0 ? photo.height() : photo.width();
                assertThat(edges[e]).isCloseTo(Math.clamp(outputs.get(0)[4 * i + e] * side, 0, side), within(0.02f));
            }
        }
    }

    /// Integers come back as they were; ONNX Runtime rounds a little differently.
    @ParameterizedTest
    @CsvSource({"PER_CHANNEL, false", "PER_TENSOR, true", "PER_TENSOR_ASYMMETRIC, false"})
    void integers(WeightScheme scheme, boolean suppresses) throws OrtException, IOException {
        var model =
                Detectors.quantized(Detectors.ssd(3, Predictors.POINTWISE, Detectors.PER_CLASS, Scores.LOGITS), scheme);
        var bytes = OnnxWriter.bytes(model, ElementType.FLOAT32, suppresses);

        assertSame(readAgain(bytes), model);

        try (var oracle = OnnxOracle.open(bytes, model.network())) {
            assertThat(oracle.runToAll(Detectors.input(model, photo(model, 1)))).hasSize(3);
        }
    }

    /// As another program would have written it: without our metadata.
    private static byte[] foreign(byte[] bytes, boolean hasAnchors) throws IOException {
        var proto = ModelProto.parseFrom(bytes).toBuilder().clearMetadataProps().setProducerName("pytorch");
        if (!hasAnchors) {
            proto.getGraphBuilder().removeOutput(2);
        }
        return proto.build().toByteArray();
    }

    @Test
    void rawPredictionsOfOthersAreTakenAsSsds() throws IOException {
        var model = Detectors.ssd(4, Predictors.POINTWISE, Detectors.PER_CLASS, Scores.LOGITS);
        var bytes = OnnxWriter.bytes(model, ElementType.FLOAT32);
        for (boolean hasAnchors : new boolean[] {true, false}) {
            var again = readAgain(foreign(bytes, hasAnchors));

            var boxes = again.boxes().orElseThrow();
            var given = model.boxes().orElseThrow();
            assertThat(boxes.anchors().toArray())
                    .containsExactly(given.anchors().toArray());
            assertThat(boxes.classes()).isEqualTo(4);
            assertThat(boxes.hasBackground()).isTrue();
            assertThat(boxes.meaning()).isEqualTo(Scores.LOGITS);
            assertThat(again.preprocessing().crop()).isEqualTo(1);
            assertThat(again.assumptions()).containsKey("boxes");
            assertThat(again.assumptions().containsKey("anchors")).isEqualTo(!hasAnchors);
            var image = Detectors.input(model, photo(model, 7));
            assertThat(Session.open(again).run(image, 1))
                    .containsExactly(Session.open(model).run(image, 1));
        }
    }

    @Test
    void anchorsMayLieBesideIt() throws IOException {
        var model = Detectors.ssd(4, Predictors.POINTWISE, Detectors.PER_CLASS, Scores.LOGITS);
        var bytes = foreign(OnnxWriter.bytes(model, ElementType.FLOAT32), false);
        var lines = new StringBuilder();
        int count = model.boxes().orElseThrow().count();
        for (int i = 0; i < count; i++) {
            lines.append("0.5, ").append(i).append("e-3,0.25,0.125\n");
        }
        Files.writeString(folder.resolve("anchors.csv"), lines);

        assertThat(readAgain(bytes).boxes().orElseThrow().anchors().get(4 * 7 + 1))
                .isEqualTo(7e-3f);

        Files.writeString(folder.resolve("anchors.csv"), "0.5,0.5,1,1\n");
        refused(bytes, "has anchors of 1x4 for " + count + " boxes");
        Files.writeString(folder.resolve("anchors.csv"), "0.5,0.5,1,1\n0.5,0.5,one,1\n");
        refused(bytes, "anchors.csv: line 2 is not four numbers");
        Files.writeString(folder.resolve("anchors.csv"), "0.5,0.5,1\n");
        refused(bytes, "line 1 has 3 values");
        Files.writeString(folder.resolve("anchors.csv"), "");
        refused(bytes, "has 0 anchors");
        Files.writeString(folder.resolve("anchors.csv"), "NaN,0,1,1\n".repeat(count));
        refused(bytes, "anchor 0 is not a number");
        Files.write(folder.resolve("anchors.csv"), new byte[100 << 20]);
        refused(bytes, "the limit is 262144 anchors");
    }

    private void refused(byte[] bytes, String part) {
        assertThatThrownBy(() -> readAgain(bytes))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(part)
                .hasMessageNotContaining("\n");
    }
}
