package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.RandomNetworks;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// What is written to TFLite computes the same there: in TensorFlow Lite itself, by its own kernels and by XNNPACK, and
/// when it is read again.
class TfliteRoundTripTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path folder;

    private static Model model(Network network) {
        return new Model(network, Weights.random(network, 11), List.of(), Preprocessing.TF_SLIM);
    }

    private static float[] image(Network network) {
        var random = new Random(12);
        var image = new float[network.input().elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }
        return image;
    }

    private Path write(Model model) throws IOException {
        var file = folder.resolve("model.tflite");
        TfliteWriter.write(model, file, ElementType.FLOAT32);
        return file;
    }

    /// By the largest output, where that is more than one.
    private static void assertAgrees(String by, float[] actual, float[] expected) {
        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).as(by).containsExactly(expected, within((float) (TOLERANCE * largest)));
    }

    private static void assertTfliteAgrees(Path file, float[] image, float[] expected) {
        assertAgrees("TFLite", new TfliteOracle(file, false).run(image), expected);
        assertAgrees("XNNPACK", new TfliteOracle(file, true).run(image), expected);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 128, 1001", "0.5, 160, 1001", "0.75, 192, 1001", "1.0, 224, 1001"})
    void mobileNets(double alpha, int resolution, int classes) throws IOException {
        var model = model(MobileNetV1.of(alpha, resolution, classes).network());
        var image = image(model.network());
        var expected = Session.open(model).run(image, 1);
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, value);
        }

        var file = write(model);

        // A thousand small probabilities must not agree by being small.
        assertThat(largest).isGreaterThan(2f / classes);
        assertAgrees("read again", Session.open(TfliteReader.read(file)).run(image, 1), expected);
        assertTfliteAgrees(file, image, expected);
        assertThat(new TfliteOracle(file, true).steps())
                .as("operators left beside XNNPACK's")
                .isEqualTo(1);
    }

    @Test
    void otherMobileNets() throws IOException {
        var table = MobileNetV1.of(0.25, 64, 10).withInput(new Shape(33, 46, 3));
        var padding = new Padding.Explicit(0, 1, 0, 1);
        for (var other : List.of(
                table.withPadding(Padding.SYMMETRIC),
                table.withPadding(padding),
                table.withOutputStride(8),
                table.withVariant(MobileNetV1.Variant.CONV))) {
            var model = model(other.network());
            var image = image(model.network());
            var expected = Session.open(model).run(image, 1);

            var file = write(model);

            assertAgrees("read again", Session.open(TfliteReader.read(file)).run(image, 1), expected);
            assertTfliteAgrees(file, image, expected);
        }
    }

    @Test
    void randomNetworksOfEveryLayer() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            var model = model(RandomNetworks.of(seed));
            var image = image(model.network());
            var expected = Session.open(model).run(image, 1);
            try {
                var file = write(model);
                assertTfliteAgrees(file, image, expected);
                assertAgrees("read again", Session.open(TfliteReader.read(file)).run(image, 1), expected);
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError(
                        "network " + seed + ": " + model.network().body(), e);
            }
        }
    }
}
