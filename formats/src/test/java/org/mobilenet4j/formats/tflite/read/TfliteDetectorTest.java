package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.tensorflow.lite.schema.TensorType;

/// Detectors of two feature maps, 4x4 and 2x2, with one anchor for each pixel and two classes.
class TfliteDetectorTest {
    private static Model read(byte[] bytes) throws IOException {
        return TfliteReader.read(Path.of("d.tflite"), MemorySegment.ofArray(bytes));
    }

    private static float[] image() {
        var image = new float[48];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i * 7 % 48 - 24) / 25f;
        }
        return image;
    }

    @Test
    void boxesAndScoresBecomeOneVector() throws IOException {
        var model = read(new TfliteDetectorFile().file(TfliteDetectorFile.options(2)));

        assertThat(model.outputs()).isEqualTo(Outputs.DETECTIONS);
        var boxes = model.boxes().orElseThrow();
        assertThat(boxes.maps()).containsExactly(16, 4);
        assertThat(boxes.classes()).isEqualTo(2);
        assertThat(boxes.hasBackground()).isTrue();
        assertThat(boxes.meaning()).isEqualTo(BoxOutputs.Scores.LOGITS);
        assertThat(boxes.scales()).containsExactly(10f, 10f, 5f, 5f);
        assertThat(boxes.suppression().limit()).isEqualTo(10);
        assertThat(boxes.suppression().isPerClass()).isFalse();
        assertThat(boxes.suppression().maxOverlap()).isEqualTo(0.6f);
        assertThat(boxes.anchors().get(17)).isEqualTo(0.17f);
        assertThat(model.preprocessing().crop()).isEqualTo(1);
        assertThat(model.network().output().channels()).isEqualTo(20 * 7);
        assertThat(Session.open(model).run(image(), 1)).containsExactly(expected(model), within(1e-5f));
    }

    /// The convolutions of one tap, in plain loops.
    private static float[] expected(Model model) {
        var weights = new ArrayList<float[]>();
        model.network().parameters().keySet().stream()
                .filter(name -> name.endsWith("/kernel"))
                .forEach(name -> weights.add(model.weights().get(name).toArray()));
        var large = conv(image(), 3, weights.get(0), 4);
        // In the order of the network: the predictors of the first map, then the second map and its predictors.
        var boxes1 = conv(large, 4, weights.get(1), 4);
        var scores1 = conv(large, 4, weights.get(2), 3);
        var strided = new float[16];
        for (int i = 0; i < 16; i++) {
            int pixel = i / 4;
            strided[i] = large[(pixel / 2 * 8 + pixel % 2 * 2) * 4 + i % 4];
        }
        var small = conv(strided, 4, weights.get(3), 5);
        var all = new ArrayList<Float>();
        for (var part :
                List.of(boxes1, scores1, conv(small, 5, weights.get(4), 4), conv(small, 5, weights.get(5), 3))) {
            for (float value : part) {
                all.add(value);
            }
        }
        var result = new float[all.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = all.get(i);
        }
        return result;
    }

    private static float[] conv(float[] map, int inputs, float[] kernel, int outputs) {
        var result = new float[map.length / inputs * outputs];
        for (int pixel = 0; pixel < map.length / inputs; pixel++) {
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    result[pixel * outputs + o] += map[pixel * inputs + i] * kernel[i * outputs + o];
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource({"true, false, 1", "false, true, 1", "true, true, -3", "false, false, -2"})
    void convertersWriteItInManyWays(boolean isEach, boolean isColumn, int along) throws IOException {
        var plain = read(new TfliteDetectorFile().file(TfliteDetectorFile.options(2)));
        var other = new TfliteDetectorFile();
        other.hasSigmoidOfEach = isEach;
        other.hasColumn = isColumn;
        other.axis = along;

        var model = read(other.file(TfliteDetectorFile.options(2)));

        assertThat(model.boxes().orElseThrow().meaning()).isEqualTo(BoxOutputs.Scores.LOGITS);
        assertThat(Session.open(model).run(image(), 1))
                .containsExactly(Session.open(plain).run(image(), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {TensorType.UINT8, TensorType.INT8})
    void integersKeepTheScalesOfBoxesAndScores(int given) throws IOException {
        var exact = Session.open(read(new TfliteDetectorFile().file(TfliteDetectorFile.options(2))))
                .run(image(), 1);
        var quantized = new TfliteDetectorFile();
        quantized.type = given;

        var model = read(quantized.file(TfliteDetectorFile.options(2)));

        assertThat(model.boxes().orElseThrow().meaning()).isEqualTo(BoxOutputs.Scores.PROBABILITIES);
        for (var kernels : SessionOptions.Kernels.values()) {
            var results = Session.open(model, SessionOptions.DEFAULT.withKernels(kernels))
                    .run(image(), 1);
            for (int i = 0; i < results.length; i++) {
                boolean isBox = i < 64 || (i >= 112 && i < 128);
                if (isBox) {
                    assertThat(results[i] / 0.1f).isCloseTo(Math.round(results[i] / 0.1f), within(1e-3f));
                    // A map of half the scale has half the range.
                    float range = i < 64 ? 1 : 0.5f;
                    float clamped = Math.clamp(exact[i], -11 * range, 14.5f * range);
                    assertThat(results[i]).isCloseTo(clamped, within(0.35f));
                } else {
                    assertThat(results[i] * 256).isEqualTo(Math.round(results[i] * 256));
                    assertThat(results[i]).isCloseTo((float) (1 / (1 + Math.exp(-exact[i]))), within(0.08f));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 9", "true, 3"})
    void rawPredictionsMayBeTheOutputs(boolean swaps, int given, @TempDir Path folder) throws IOException {
        var plain = new TfliteDetectorFile();
        plain.type = given;
        var raw = new TfliteDetectorFile();
        raw.type = given;
        raw.isRaw = true;
        raw.isSwapped = swaps;
        var file = folder.resolve("d.tflite");
        Files.write(file, raw.file(TfliteDetectorFile.options(2)));
        assertThatThrownBy(() -> TfliteReader.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContainingAll("has 20 boxes of feature maps of 4x4, 2x2, but no anchors", "anchors.csv")
                .hasMessageNotContaining("\n");
        Files.writeString(folder.resolve("anchors.csv"), "0.5,0.25,1,2\n".repeat(TfliteDetectorFile.ANCHORS));

        var model = TfliteReader.read(file);

        var boxes = model.boxes().orElseThrow();
        assertThat(boxes.anchors().get(77)).isEqualTo(0.25f);
        assertThat(boxes.classes()).isEqualTo(2);
        assertThat(boxes.meaning()).isEqualTo(given == 0 ? BoxOutputs.Scores.LOGITS : BoxOutputs.Scores.PROBABILITIES);
        assertThat(model.assumptions()).containsKey("boxes");
        assertThat(Session.open(model).run(image(), 1))
                .containsExactly(Session.open(read(plain.file(TfliteDetectorFile.options(2))))
                        .run(image(), 1));
    }

    @Test
    void labelsLieBesideIt(@TempDir Path folder) throws IOException {
        var file = folder.resolve("d.tflite");
        Files.write(file, new TfliteDetectorFile().file(TfliteDetectorFile.options(2)));
        Files.writeString(folder.resolve("labelmap.txt"), "???\ncat\n???\n");

        var model = TfliteReader.read(file);

        assertThat(model.labels()).containsExactly("cat", "???");
        assertThat(model.label(1)).isEqualTo("class 1");
    }

    @Test
    void saysWhatDoesNotFit() {
        refused(new TfliteDetectorFile().file(TfliteDetectorFile.options(5)), "3 scores of each anchor for 5 classes");
        refused(new TfliteDetectorFile().file(new byte[] {1, 2, 3}), "options");
        refused(new TfliteDetectorFile().file(new byte[0]), "options are missing");
    }

    private static void refused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith("d.tflite: ")
                .hasMessageContainingAll(parts);
    }
}
