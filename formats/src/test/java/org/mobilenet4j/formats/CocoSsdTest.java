package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;

/// TensorFlow's SSD on COCO, uint8, on the photo of Android's example, with what that printed.
class CocoSsdTest {
    private static final int SIDE = 300;

    /// Android draws the photo into the input without a filter: the pixel at the center of each target pixel, and the
    /// one before where that falls between two.
    private static Image sampled(Image photo) {
        var rgb = new byte[SIDE * SIDE * 3];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int row = ((2 * y + 1) * photo.height() - 1) / (2 * SIDE);
                int column = ((2 * x + 1) * photo.width() - 1) / (2 * SIDE);
                for (int c = 0; c < 3; c++) {
                    rgb[(y * SIDE + x) * 3 + c] = (byte) photo.at(row, column, c);
                }
            }
        }
        return new Image(SIDE, SIDE, rgb);
    }

    /// Scores agree to 7/256, and boxes overlap by 0.9: Android's decoder of JPEG gives other pixels, and of several
    /// boxes
    /// of the table that have nearly the same score another one is the first.
    @Test
    void findsWhatAndroidsExampleFinds() throws IOException {
        var model = ModelFormats.read(SharedFiles.model("coco-ssd/ssd_mobilenet_v1.uint8.tflite"));
        var photo = ImageDecoder.decode(SharedFiles.model("coco-ssd/table.jpg"));

        var found = Detector.open(model).detect(sampled(photo));

        assertThat(model.boxes().orElseThrow().count()).isEqualTo(1917);
        assertThat(model.labels()).hasSize(90).startsWith("person");
        var lines = Files.readAllLines(SharedFiles.model("coco-ssd/table_results.txt"));
        assertThat(lines).hasSize(4);
        for (var line : lines) {
            var parts = line.split(" ");
            var label = parts[0].replace('_', ' ');
            float score = Float.parseFloat(parts[5]);
            assertThat(found).anySatisfy(each -> {
                assertThat(each.label()).isEqualTo(label);
                assertThat(Math.abs(each.score() - score)).isLessThan(7.5f / 256);
                assertThat(onPhoto(each, photo).overlap(box(parts))).isGreaterThan(0.9f);
            });
        }
    }

    private static Box onPhoto(Detection detection, Image photo) {
        var box = detection.box();
        float sideways = (float) photo.width() / SIDE;
        float down = (float) photo.height() / SIDE;
        return new Box(box.y0() * down, box.x0() * sideways, box.y1() * down, box.x1() * sideways);
    }

    /// Left, upper, right and lower edge, as Android has them.
    private static Box box(String[] parts) {
        return new Box(
                Float.parseFloat(parts[2]),
                Float.parseFloat(parts[1]),
                Float.parseFloat(parts[4]),
                Float.parseFloat(parts[3]));
    }

    @Test
    void allKernelsGiveTheSameIntegers() throws IOException {
        var model = ModelFormats.read(SharedFiles.model("coco-ssd/ssd_mobilenet_v1.uint8.tflite"));
        var photo = ImageDecoder.decode(SharedFiles.model("coco-ssd/table.jpg"));
        var input = new float[SIDE * SIDE * 3];
        new Preprocessor(model.preprocessing(), model.network().input()).apply(photo, input, 0);
        var plain = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);

        var expected = Session.open(model, plain).run(input, 1);

        assertThat(Session.open(model, SessionOptions.DEFAULT).run(input, 1)).containsExactly(expected);
    }

    /// The photo, sampled and as its mirror image, shifted, and noise: whatever TFLite finds, in the same order.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void findsWhatTfliteFinds(int variant) throws IOException {
        var file = SharedFiles.model("coco-ssd/ssd_mobilenet_v1.uint8.tflite");
        var photo = sampled(ImageDecoder.decode(SharedFiles.model("coco-ssd/table.jpg")));
        var random = new Random(variant);
        var bytes = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < bytes.length; i++) {
            int x = i / 3 % SIDE;
            int shifted = (variant % 2 == 0 ? x : SIDE - 1 - x) + 11 * variant;
            int value = photo.at(i / 3 / SIDE, shifted % SIDE, i % 3);
            bytes[i] = (byte) Math.clamp(value + (long) (variant * 6 * random.nextGaussian()), 0, 255);
        }
        var outputs = new TfliteOracle(file, false).runToFloats(bytes);

        var found = Detector.open(ModelFormats.read(file)).detect(new Image(SIDE, SIDE, bytes));

        assertThat(found).hasSize((int) outputs.get(3)[0]);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).index()).isEqualTo((int) outputs.get(1)[i]);
            assertThat(found.get(i).score()).isEqualTo(outputs.get(2)[i]);
            var box = found.get(i).box();
            float[] edges = {box.y0(), box.x0(), box.y1(), box.x1()};
            for (int e = 0; e < 4; e++) {
                float edge = Math.clamp(outputs.get(0)[4 * i + e] * SIDE, 0, SIDE);
                assertThat(edges[e]).isCloseTo(edge, within(1e-3f));
            }
        }
    }

    @Test
    void aDefaultDetectorSeesTheTable() throws IOException {
        var detector = Detector.open(ModelFormats.read(SharedFiles.model("coco-ssd/ssd_mobilenet_v1.uint8.tflite")));

        var found = detector.detect(SharedFiles.model("coco-ssd/table.jpg"));

        assertThat(found).hasSize(10);
        assertThat(found).anySatisfy(each -> {
            assertThat(each.label()).isEqualTo("cup");
            assertThat(each.box().overlap(new Box(197.6f, 68, 374.2f, 202))).isGreaterThan(0.9f);
        });
    }
}
