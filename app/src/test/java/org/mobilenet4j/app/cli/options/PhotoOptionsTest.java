package org.mobilenet4j.app.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// How photos go in and what comes out can be said, is remembered, and is told where it is assumed.
class PhotoOptionsTest {
    private static boolean isAboutPhotos(String line) {
        return line.contains("photos go in");
    }

    @TempDir
    private Path folder;

    /// A network whose output is the mean of the first channel as the network sees it, `units` times.
    private Path first(String name, int colors, int units, Map<String, String> notes, Layer... end) throws IOException {
        var layers = new java.util.ArrayList<Layer>(List.of(new GlobalAveragePool("pool"), Dense.of("fc", units)));
        layers.addAll(List.of(end));
        var network = new Network("first", new Shape(8, 8, colors), new Sequence("", layers));
        var kernel = new float[colors * units];
        for (int unit = 0; unit < units; unit++) {
            kernel[unit] = unit + 1;
        }
        var weights = new Weights(
                Map.of("fc/kernel", Tensor.of(kernel, colors, units), "fc/bias", Tensor.of(new float[units], units)));
        var file = folder.resolve(name);
        ModelFormats.write(
                new Model(network, weights, List.of(), Preprocessing.TF_SLIM, notes), file, ElementType.FLOAT32);
        return file;
    }

    @Test
    void convertRemembersWhatIsSaid() throws IOException {
        for (var ending : List.of(".safetensors", ".onnx", ".tflite")) {
            var out = folder.resolve("out" + ending);
            var run = Run.of(
                    "convert",
                    Samples.model(folder),
                    out,
                    "--mean",
                    "102,117,127.5",
                    "--std",
                    "51",
                    "--channels",
                    "bgr",
                    "--crop",
                    "0.9",
                    "--resize",
                    "half-pixel",
                    "--outputs",
                    "sigmoids");

            assertThat(run.exit()).as(run.err()).isZero();
            var model = ModelFormats.read(out);
            assertThat(model.preprocessing().crop()).isEqualTo(0.9);
            assertThat(model.preprocessing().resize()).isEqualTo(Resize.HALF_PIXEL);
            assertThat(model.preprocessing().channels()).isEqualTo(ChannelOrder.BGR);
            assertThat(model.preprocessing().normalization().mean())
                    .containsExactly(102 / 255f, 117 / 255f, 127.5f / 255);
            assertThat(model.preprocessing().normalization().std()).containsOnly(0.2f);
            assertThat(model.outputs()).isEqualTo(Outputs.SIGMOIDS);
            assertThat(Run.of("inspect", out).out())
                    .contains("mean 102,117,127.5, std 51, channels bgr", "sigmoids (so given)");
        }
    }

    @Test
    void wrongValuesAreNamed() throws IOException {
        var model = Samples.model(folder);
        var photo = Samples.png(folder.resolve("a.png"), 1);
        for (var wrong : List.of(
                List.of("--mean", "1,2", "--mean takes one number, or three"),
                List.of("--std", "0", "positive deviations"),
                List.of("--channels", "grb", "use rgb or bgr"),
                List.of("--outputs", "scores", "probabilities, logits"),
                List.of("--crop", "2", "--crop must be above 0"))) {
            var run = Run.of("classify", "--model", model, wrong.get(0), wrong.get(1), photo);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.errLines()).hasSize(1);
            assertThat(run.err()).contains(wrong.get(2));
        }
        var gray = first("gray.safetensors", 1, 2, Map.of());
        assertThat(Run.of("classify", "--model", gray, "--mean", "1,2,3", photo).err())
                .contains("takes gray");
        assertThat(Run.of("classify", "--model", gray, "--mean", "120", "--std", "60", photo)
                        .exit())
                .isZero();
    }

    @Test
    void whatIsAssumedIsToldInALineAndCanBeSaid() throws IOException {
        var photo = Samples.png(folder.resolve("a.png"), 1);
        var file = first("assumed.safetensors", 3, 2, Map.of("preprocessing", "TF-Slim's, assumed: the file says no"));

        var told = Run.of("classify", "--model", file, photo);
        assertThat(told.errLines()).filteredOn(PhotoOptionsTest::isAboutPhotos).hasSize(1);
        assertThat(told.err()).contains("mobilenet: note: photos go in with central crop 0.875", "--mean");
        assertThat(told.out()).contains("softmax of the network's logits");

        var part = Run.of("classify", "--model", file, "--mean", "127.5", photo);
        assertThat(part.errLines()).filteredOn(PhotoOptionsTest::isAboutPhotos).hasSize(1);
        assertThat(part.err()).contains("mean as given with a command; else TF-Slim's, assumed");

        var all = Run.of(
                "classify", "--model", file, "--mean", "1", "--std", "1", "--crop", "1", "--resize", "legacy", photo);
        assertThat(all.errLines()).noneMatch(PhotoOptionsTest::isAboutPhotos);
    }

    /// A network that sees the first channel only: its logits are those of blue or of red.
    @Test
    void theOrderOfChannelsDecidesWhatTheNetworkSees() throws IOException {
        var file = first("first.safetensors", 3, 2, Map.of());
        var photo = folder.resolve("blue.png");
        var picture = new java.awt.image.BufferedImage(9, 9, java.awt.image.BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 81; i++) {
            picture.setRGB(i % 9, i / 9, 0x0000ff);
        }
        javax.imageio.ImageIO.write(picture, "png", photo.toFile());

        // Logits x and 2x: the second class wins where x is positive.
        assertThat(best(file, photo, "rgb")).isZero();
        assertThat(best(file, photo, "bgr")).isEqualTo(1);
    }

    private static int best(Path model, Path photo, String channels) {
        var run = Run.of("classify", "--model", model, "--channels", channels, "--format", "json", photo);
        var image = run.json().get(0);
        assertThat(image.get("outputs").asString()).isEqualTo("logits");
        double sum = 0;
        for (var prediction : image.get("predictions")) {
            sum += prediction.get("probability").asDouble();
        }
        assertThat(sum).isBetween(0.9999, 1.0001);
        return image.get("predictions").get(0).get("index").asInt();
    }

    @Test
    void oneSigmoidTakesTwoLabels() throws IOException {
        var file = first("one.safetensors", 3, 1, Map.of(), new Sigmoid("end"));
        var photo = Samples.png(folder.resolve("a.png"), 1);
        var labels = folder.resolve("labels.txt");
        java.nio.file.Files.writeString(labels, "cat\ndog\n");

        var run = Run.of("classify", "--model", file, "--label-names", labels, "--format", "json", photo);

        assertThat(run.exit()).as(run.err()).isZero();
        var predictions = run.json().get(0).get("predictions");
        assertThat(predictions).hasSize(2);
        assertThat(predictions.get(0).get("probability").asDouble()
                        + predictions.get(1).get("probability").asDouble())
                .isBetween(0.9999, 1.0001);
        assertThat(Run.of("inspect", file).out()).contains("one-sigmoid for the second of two classes");

        var csv = folder.resolve("labels.csv");
        java.nio.file.Files.writeString(
                csv, "file,label\na.png," + predictions.get(0).get("label").asString() + "\n");
        var evaluated = Run.of(
                "evaluate", "--model", file, "--label-names", labels, "--labels", csv, "--format", "json", folder);
        assertThat(evaluated.exit()).as(evaluated.err()).isZero();
        assertThat(evaluated.json().get("top1").asDouble()).isEqualTo(1);
        assertThat(evaluated.json().get("outputs").asString()).isEqualTo("one-sigmoid");
    }
}
