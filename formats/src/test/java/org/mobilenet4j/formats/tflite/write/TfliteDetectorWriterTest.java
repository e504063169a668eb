package org.mobilenet4j.formats.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.Detectors;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.BoxOutputs.Scores;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// Detectors written as TFLite: TFLite finds with them what we find, and they come back as they were.
class TfliteDetectorWriterTest {
    @TempDir
    private Path folder;

    private Path write(Model model) throws IOException {
        var file = folder.resolve("detector.tflite");
        TfliteWriter.write(model, file, ElementType.FLOAT32);
        return file;
    }

    private static Image photo(Model model, int seed) {
        return Detectors.photo(model.network().input(), seed);
    }

    /// The file, run by TFLite, finds what `model` finds in several photos.
    private static void assertTfliteFinds(Path file, Model model, float tolerance) {
        var oracle = new TfliteOracle(file, false);
        int all = 0;
        for (int seed = 0; seed < 4; seed++) {
            var photo = photo(model, seed);
            var found = Detector.open(model).detect(photo);
            var outputs = model.quantization().isPresent()
                    ? oracle.runToFloats(stored(model, photo))
                    : oracle.runToFloats(Detectors.input(model, photo));
            assertSame(outputs, found, photo, tolerance);
            all += found.size();
        }
        assertThat(all).isGreaterThan(20);
    }

    /// A photo's bytes, as a model takes them that stores them as they are.
    private static byte[] stored(Model model, Image photo) {
        int least = model.quantization().orElseThrow().input().type().least();
        var bytes = new byte[model.network().input().elements()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (photo.at(i / 3 / photo.width(), i / 3 % photo.width(), i % 3) + least);
        }
        return bytes;
    }

    /// In any order: integers give many equal scores.
    private static void assertSame(List<float[]> outputs, List<Detection> found, Image photo, float tolerance) {
        assertThat(found).hasSize((int) outputs.get(3)[0]);
        for (int i = 0; i < found.size(); i++) {
            int at = i;
            assertThat(found).anySatisfy(each -> {
                assertThat(each.index()).isEqualTo((int) outputs.get(1)[at]);
                assertThat(each.score()).isCloseTo(outputs.get(2)[at], within(tolerance));
                var box = each.box();
                float[] edges = {box.y0(), box.x0(), box.y1(), box.x1()};
                for (int e = 0; e < 4; e++) {
                    float side = e % 2 == 0 ? photo.height() : photo.width();
                    float edge = Math.clamp(outputs.get(0)[4 * at + e] * side, 0, side);
                    assertThat(edges[e]).isCloseTo(edge, within(0.01f));
                }
            });
        }
    }

    private static void assertReadAgain(Path file, Model model) throws IOException {
        var again = TfliteReader.read(file);
        assertThat(again.labels()).isEqualTo(model.labels());
        assertThat(again.outputs()).isEqualTo(model.outputs());
        assertThat(again.preprocessing()).isEqualTo(model.preprocessing());
        var boxes = again.boxes().orElseThrow();
        var given = model.boxes().orElseThrow();
        assertThat(boxes.withSuppression(given.suppression()).anchors().toArray())
                .containsExactly(given.anchors().toArray());
        assertThat(boxes.maps()).isEqualTo(given.maps());
        assertThat(boxes.meaning()).isEqualTo(given.meaning());
        assertThat(boxes.suppression()).isEqualTo(given.suppression());
        assertThat(boxes.scales()).isEqualTo(given.scales());
        var image = Detectors.input(model, photo(model, 7));
        var expected = Session.open(model).run(image, 1);
        float[] results = Session.open(again).run(image, 1);
        if (model.quantization().isPresent()) {
            assertThat(results).containsExactly(expected);
        } else {
            assertThat(results).containsExactly(expected, within(1e-3f));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POINTWISE, LOGITS, true",
        "POINTWISE, EXCLUSIVE_LOGITS, false",
        "SEPARABLE, LOGITS, false",
        "SEPARABLE, EXCLUSIVE_LOGITS, true"
    })
    void floats(Predictors predictors, Scores meaning, boolean isPerClass) throws IOException {
        var limits = isPerClass ? Detectors.PER_CLASS : Detectors.FAST;
        var model = Detectors.ssd(4, predictors, limits, meaning);

        var file = write(model);

        assertTfliteFinds(file, model, 1e-4f);
        assertReadAgain(file, model);
    }

    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void integers(WeightScheme scheme) throws IOException {
        for (var limits : List.of(Detectors.PER_CLASS, Detectors.FAST)) {
            var model = Detectors.quantized(Detectors.ssd(3, Predictors.POINTWISE, limits, Scores.LOGITS), scheme);

            var file = write(model);

            assertTfliteFinds(file, model, 1e-6f);
            assertReadAgain(file, model);
        }
    }

    @Test
    void publishedFileComesBackWithItsIntegers() throws IOException {
        var model = TfliteReader.read(SharedFiles.model("coco-ssd/ssd_mobilenet_v1.uint8.tflite"));

        var file = write(model);

        assertTfliteFinds(file, model, 0);
        assertReadAgain(file, model);
    }

    @Test
    void labelsAreWhereTflitesToolsLook() throws IOException {
        var model = Detectors.ssd(4, Predictors.POINTWISE, Detectors.FAST, Scores.LOGITS);

        var file = write(model);

        try (var zip = new ZipFile(file.toFile())) {
            var text =
                    new String(zip.getInputStream(zip.getEntry("labels.txt")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines()).containsExactlyElementsOf(model.labels());
        }
        assertThat(Files.size(file)).isGreaterThan(1000);
    }

    @Test
    void whatDoesNotEndInHeadsIsRefused() {
        var model = Detectors.ssd(4, Predictors.POINTWISE, Detectors.FAST, Scores.LOGITS);
        var boxes = model.boxes().orElseThrow();
        var one = new BoxOutputs(
                List.of(boxes.count()),
                boxes.anchors(),
                boxes.scales(),
                boxes.classes(),
                true,
                boxes.meaning(),
                boxes.suppression());

        assertThatThrownBy(() -> write(model.withBoxes(one)))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("does not end in boxes and scores of 1 feature maps");
    }
}
