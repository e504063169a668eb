package org.mobilenet4j.app.cli.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.tensor.ElementType;

/// `mobilenet quantize` on a few drawn pictures: what it prints and writes, and what it says of bad
/// input.
class QuantizeCommandTest {
    private static final int EACH = 3;

    @TempDir
    private Path folder;

    private Path photos() throws IOException {
        return photos(Samples.LABELS);
    }

    private Path photos(List<String> classes) throws IOException {
        var photos = folder.resolve("photos" + classes.size());
        for (int c = 0; c < classes.size(); c++) {
            var place = Files.createDirectories(photos.resolve(classes.get(c)));
            for (int i = 0; i < EACH; i++) {
                Samples.png(place.resolve(i + ".png"), 100L * c + i);
            }
        }
        return photos;
    }

    private Run quantize(Path model, Path out, Path data, Object... more) {
        var all = new ArrayList<Object>(List.of("quantize", model, "--out", out, "--data", data));
        all.addAll(List.of(more));
        return Run.of(all.toArray());
    }

    @Test
    void theReportSaysSizeAccuracyAndErrors() throws IOException {
        var model = Samples.model(folder);
        var out = folder.resolve("int8.tflite");

        var run = quantize(model, out, photos(), "--validation", photos(), "--photos", 14, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.errLines()).last().asString().contains("the ranges come from 14 photos only");
        var json = run.json();
        assertThat(json.get("photos").asInt()).isEqualTo(14);
        assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(out));
        assertThat(json.get("bytes").asDouble() / json.get("floatBytes").asDouble())
                .isLessThan(0.35);
        assertThat(json.get("options").get("weights").asString()).isEqualTo("per-channel");
        assertThat(json.get("accuracy").get("images").asInt()).isEqualTo(7 * EACH);
        assertThat(json.get("accuracy").get("equalized")).isNull();
        assertThat(json.get("layers").size()).isEqualTo(28);
        assertThat(json.get("layers").get(0).get("layer").asString()).isEqualTo("conv1");
        assertThat(json.get("layers").get(0).get("weightDecibels").asDouble()).isGreaterThan(30);
        var read = ModelFormats.read(out);
        assertThat(read.quantization().orElseThrow().input().type()).isEqualTo(ElementType.INT8);
        assertThat(read.labels()).isEqualTo(Samples.LABELS);
    }

    @Test
    void theSameAsText() throws IOException {
        var out = folder.resolve("uint8.safetensors");

        var run = quantize(
                Samples.model(folder),
                out,
                photos(),
                "--validation",
                photos(),
                "--weights",
                "per-tensor-asymmetric",
                "--ranges",
                "mse",
                "--equalize",
                "--bias-correction");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("calibrated on 21 photos", "top-1 %", "float32, equalized", "int8", "conv_dw_13");
        var read = ModelFormats.read(out);
        assertThat(read.quantization().orElseThrow().input().type()).isEqualTo(ElementType.UINT8);
        assertThat(read.notes())
                .containsEntry(
                        "quantized",
                        "weights per-tensor-asymmetric, ranges mse, equalized, biases corrected, scales chosen by 21"
                                + " photos");
        assertThat(Run.of("classify", "--model", out, photos().resolve("ant").resolve("0.png"))
                        .exit())
                .isZero();
    }

    @Test
    void photosThatCannotBeReadAreCounted() throws IOException {
        var photos = photos();
        Files.writeString(photos.resolve("bee").resolve("1.png"), "no picture");

        var run = quantize(Samples.model(folder), folder.resolve("out.onnx"), photos);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("calibrated on 20 photos", "1 calibration photo could not be read", "1.png");
    }

    /// Classes do not matter for calibration; black photos do.
    @Test
    void anyFolderOfPhotosCalibrates() throws IOException {
        var flat = Files.createDirectories(folder.resolve("flat"));
        for (int i = 0; i < 20; i++) {
            Samples.png(flat.resolve(i + ".png"), i);
        }
        var good = quantize(Samples.model(folder), folder.resolve("good.safetensors"), flat);
        assertThat(good.exit()).as(good.err()).isZero();
        assertThat(good.err()).isEmpty();
        assertThat(good.out()).contains("calibrated on 20 photos");

        var black = Files.createDirectories(folder.resolve("black"));
        for (int i = 0; i < 2; i++) {
            ImageIO.write(
                    new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB),
                    "png",
                    black.resolve(i + ".png").toFile());
        }
        var poor = quantize(Samples.model(folder), folder.resolve("poor.safetensors"), black);
        assertThat(poor.exit()).as(poor.err()).isZero();
        assertThat(poor.errLines()).hasSize(2);
        assertThat(poor.err()).contains("come from 2 photos only").contains("nearly of one color");
    }

    @Test
    void badInputIsOneLine() throws IOException {
        var model = Samples.model(folder);
        var out = folder.resolve("out.safetensors");
        fails(quantize(model, out, folder.resolve("missing")), "missing", "no such file");
        fails(quantize(folder.resolve("none.safetensors"), out, photos()), "none.safetensors");
        fails(quantize(model, folder.resolve("out.h5"), photos()), "out.h5", "cannot be written");
        fails(quantize(model, model, photos()), "both input and output");
        fails(quantize(model, out, photos(), "--validation", photos(List.of("ant", "bee"))), "2 classes", "7 outputs");
        var empty = photos(List.of("ant", "bee", "cat"));
        for (var place : List.of("ant", "bee", "cat")) {
            for (int i = 0; i < EACH; i++) {
                Files.writeString(empty.resolve(place).resolve(i + ".png"), "no picture");
            }
        }
        fails(quantize(model, out, empty), "none of the photos", "png");
        assertThat(out).doesNotExist();

        assertThat(quantize(model, out, photos()).exit()).isZero();
        fails(quantize(out, folder.resolve("again.tflite"), photos()), "already quantized");
    }

    @Test
    void wrongUsageIsToldApart() throws IOException {
        var run = quantize(Samples.model(folder), folder.resolve("o.tflite"), photos(), "--ranges", "wide");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("min-max, percentile, mse", "wide");
        assertThat(Run.of("quantize", "default", "--data", photos()).exit()).isEqualTo(2);
    }

    @Test
    void trainsForTheIntegers() throws IOException {
        var out = folder.resolve("trained.safetensors");
        Object[] training = {"--validation", photos(), "--epochs", 2, "--batch", 7, "--format", "json"};

        var paused = quantize(Samples.model(folder), out, photos(), with(training, "--pause-after", 1));
        var run = quantize(Samples.model(folder), out, photos(), with(training, "--resume"));

        assertThat(paused.exit()).as(paused.err()).isZero();
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.errLines()).last().asString().contains("epoch 2/2");
        assertThat(run.json().get("accuracy").get("trained").get("images").asInt())
                .isEqualTo(7 * EACH);
        assertThat(folder.resolve("trained-metrics.csv")).content().hasLineCount(3);
        var read = ModelFormats.read(out);
        assertThat(read.quantization()).isPresent();
        assertThat(read.labels()).isEqualTo(Samples.LABELS);
        assertThat(read.notes()).containsKey("quantized");
    }

    private static Object[] with(Object[] options, Object... more) {
        var all = new ArrayList<Object>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray();
    }

    @Test
    void trainingWantsPhotosToValidateWith() throws IOException {
        var model = Samples.model(folder);
        var out = folder.resolve("out.safetensors");
        var without = quantize(model, out, photos(), "--epochs", 1);
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("--validation");
        fails(
                quantize(model, folder.resolve("out.tflite"), photos(), "--validation", photos(), "--epochs", 1),
                "out.tflite",
                ".safetensors");
        fails(quantize(model, out, photos(), "--validation", photos(), "--resume"), "no checkpoint");
        fails(quantize(model, out, photos(List.of("ant", "bee")), "--validation", photos(), "--epochs", 1), "cat");
        fails(quantize(model, out, photos(), "--validation", photos(), "--epochs", 1, "--range-decay", 2), "[0, 1]");
        assertThat(out).doesNotExist();
    }

    private static void fails(Run run, String... words) {
        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains(words);
    }
}
