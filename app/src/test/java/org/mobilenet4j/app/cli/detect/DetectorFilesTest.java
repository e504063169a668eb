package org.mobilenet4j.app.cli.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.app.cli.TileDetector;

/// A detector, quantized and written for other programs by commands.
class DetectorFilesTest {
    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path photos = Path.of("");

    @BeforeEach
    void write() throws IOException {
        model = TileDetector.write(folder.resolve("colors.safetensors"));
        photos = Files.createDirectories(folder.resolve("photos"));
        for (int i = 0; i < 6; i++) {
            photo("photos/" + i + ".png", i % 2 == 0 ? Color.RED : Color.BLUE);
        }
    }

    private Path photo(String name, Color color) throws IOException {
        var photo = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
        for (int y = 10; y < 20; y++) {
            for (int x = 40; x < 60; x++) {
                photo.setRGB(x, y, color.getRGB());
            }
        }
        var file = folder.resolve(name);
        ImageIO.write(photo, "png", file.toFile());
        return file;
    }

    private static void findsRed(Path detector, Path photo) {
        var run = Run.of("detect", "--model", detector, "--format", "json", photo);
        assertThat(run.exit()).as(run.err()).isZero();
        var found = run.json().get(0).get("detections");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("label").asString()).isEqualTo("a red one");
        assertThat(found.get(0).get("score").asDouble()).isBetween(0.9, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8.tflite", "int8.safetensors", "int8.onnx"})
    void integersFindTheSame(String name) throws IOException {
        var out = folder.resolve(name);

        var run = Run.of("quantize", model, "--out", out, "--data", photos);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("of 6 objects that the floats find on 6 photos", "the integers find 6");
        findsRed(out, photo("red.png", Color.RED));
    }

    @Test
    void validationIsForClassifiers() {
        fails(
                Run.of(
                        "quantize",
                        model,
                        "--out",
                        folder.resolve("x.tflite"),
                        "--data",
                        photos,
                        "--validation",
                        photos),
                "finds objects");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colors.tflite", "colors.onnx"})
    void othersFormatsFindTheSame(String name) throws IOException {
        var out = folder.resolve(name);

        var run = Run.of("convert", model, out);

        assertThat(run.exit()).as(run.err()).isZero();
        findsRed(out, photo("red.png", Color.RED));
    }

    @Test
    void suppressionByOption() throws IOException {
        var out = folder.resolve("colors.onnx");

        var run = Run.of("convert", model, out, "--nms");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("not suppressed");
        findsRed(out, photo("red.png", Color.RED));
        fails(Run.of("convert", model, folder.resolve("x.tflite"), "--nms"), "TFLite files have it always");
        fails(Run.of("convert", Samples.model(folder), folder.resolve("x.onnx"), "--nms"), "is none");
    }

    private static void fails(Run run, String says) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(says);
    }
}
