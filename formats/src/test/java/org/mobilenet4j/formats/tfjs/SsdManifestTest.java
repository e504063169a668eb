package org.mobilenet4j.formats.tfjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Detectors;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// A detector like face-api.js's, smaller and with weights at random, in a manifest with weights of 8 bits.
class SsdManifestTest {
    private static final int SIDE = 64;
    private static final int STEPS = 256;

    @TempDir
    private Path folder;

    private final Random random = new Random(3);
    private final List<String> entries = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// The same weights under our names.
    private final Map<String, Tensor> ours = new LinkedHashMap<>();

    private Tensor add(String name, double least, double greatest, Integer... dims) {
        int size = Arrays.stream(dims).mapToInt(dim -> dim).reduce(1, (a, b) -> a * b);
        double scale = (greatest - least) / (STEPS - 1);
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            int stored = random.nextInt(STEPS);
            bytes.write(stored);
            values[i] = (float) (stored * scale + least);
        }
        entries.add(
                "{\"name\":\"%s\",\"shape\":%s,\"dtype\":\"float32\",\"quantization\":{\"dtype\":\"uint8\",\"scale\":%s,\"min\":%s}}"
                        .formatted(name, Arrays.toString(dims), scale, least));
        return Tensor.of(values, Arrays.stream(dims).mapToInt(dim -> dim).toArray());
    }

    private void normed(String from, String layer, int side, int inputs, int outputs) {
        double range = Math.sqrt(3.0 / (side * side * inputs));
        ours.put(layer + "/kernel", add(from + "/weights", -2 * range, 2 * range, side, side, inputs, outputs));
        var offset = add(from + "/convolution_bn_offset", -0.5, 0.5, outputs);
        ours.put(layer + "_bn/gamma", filled(outputs, 1));
        ours.put(layer + "_bn/beta", offset);
        ours.put(layer + "_bn/moving_mean", filled(outputs, 0));
        ours.put(layer + "_bn/moving_variance", filled(outputs, 0.999f));
    }

    private static Tensor filled(int size, float value) {
        var values = new float[size];
        Arrays.fill(values, value);
        return Tensor.of(values, size);
    }

    private void depthwise(String from, String layer, int channels) {
        ours.put(layer + "/depthwise_kernel", add(from + "/depthwise_weights", -0.6, 0.6, 3, 3, channels, 1));
        ours.put(layer + "_bn/gamma", add(from + "/BatchNorm/gamma", 0.5, 1.5, channels));
        ours.put(layer + "_bn/beta", add(from + "/BatchNorm/beta", -0.5, 0.5, channels));
        ours.put(layer + "_bn/moving_mean", add(from + "/BatchNorm/moving_mean", -0.5, 0.5, channels));
        ours.put(layer + "_bn/moving_variance", add(from + "/BatchNorm/moving_variance", 0.5, 1.5, channels));
    }

    private void predictor(String from, String layer, int inputs, int anchors, int width, int kept) {
        var kernel = add(from + "/weights", -0.3, 0.3, 1, 1, inputs, anchors * width);
        var bias = add(from + "/biases", -1, 1, anchors * width);
        var values = new float[inputs * anchors * kept];
        var offsets = new float[anchors * kept];
        for (int anchor = 0; anchor < anchors; anchor++) {
            for (int k = 0; k < kept; k++) {
                offsets[anchor * kept + k] = bias.get(anchor * width + k);
                for (int i = 0; i < inputs; i++) {
                    values[(i * anchors + anchor) * kept + k] = kernel.get((i * anchors + anchor) * width + k);
                }
            }
        }
        ours.put(layer + "/kernel", Tensor.of(values, 1, 1, inputs, anchors * kept));
        ours.put(layer + "/bias", Tensor.of(offsets, offsets.length));
    }

    private int constant(String name, int value, Integer... dims) {
        for (int i = 0; i < (dims.length == 0 ? 1 : dims[0]); i++) {
            bytes.write(0);
        }
        entries.add(
                "{\"name\":\"%s\",\"shape\":%s,\"dtype\":\"int32\",\"quantization\":{\"dtype\":\"uint8\",\"scale\":1,\"min\":%d}}"
                        .formatted(name, Arrays.toString(dims), value));
        return value;
    }

    /// Writes the weights of alpha 0.25, and returns the manifest.
    private Path write() throws IOException {
        var channels = new int[] {16, 16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256};
        for (int i = 0; i < 6; i++) {
            int inputs = new int[] {128, 256, 128, 64, 64, 32}[i];
            int anchors = i == 0 ? 3 : 6;
            var from = "Prediction/BoxPredictor_" + i + "/";
            predictor(from + "BoxEncodingPredictor", "boxes_" + (i + 1), inputs, anchors, 4, 4);
            predictor(from + "ClassPredictor", "scores_" + (i + 1), inputs, anchors, 3, 2);
        }
        constant("Prediction/BoxPredictor_0/stack_1/2", 3);
        constant("Preprocessor/ResizeImage/size", SIDE, 2);
        normed("MobilenetV1/Conv2d_0_pointwise", "conv1", 3, 3, channels[0]);
        for (int i = 1; i <= 13; i++) {
            depthwise("MobilenetV1/Conv2d_" + i + "_depthwise", "conv_dw_" + i, channels[i - 1]);
            normed("MobilenetV1/Conv2d_" + i + "_pointwise", "conv_pw_" + i, 1, channels[i - 1], channels[i]);
        }
        var extra = new int[] {256, 64, 128, 32, 64, 32, 64, 16, 32};
        for (int i = 0; i < 8; i++) {
            var layer = "extra_" + (i / 2 + 1) + (i % 2 == 0 ? "_reduce" : "");
            normed("Prediction/Conv2d_" + i + "_pointwise", layer, i % 2 == 0 ? 1 : 3, extra[i], extra[i + 1]);
        }
        var anchors = anchors();
        var edges = ByteBuffer.allocate(anchors.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < anchors.size(); i += 4) {
            edges.putFloat(anchors.get(i) - anchors.get(i + 2) / 2)
                    .putFloat(anchors.get(i + 1) - anchors.get(i + 3) / 2);
            edges.putFloat(anchors.get(i) + anchors.get(i + 2) / 2)
                    .putFloat(anchors.get(i + 1) + anchors.get(i + 3) / 2);
        }
        bytes.write(edges.array());
        entries.add("{\"name\":\"Output/extra_dim\",\"shape\":[1,%d,4],\"dtype\":\"float32\"}"
                .formatted(anchors.size() / 4));
        Files.write(folder.resolve("faces.bin"), bytes.toByteArray());
        return manifest(String.join(",\n", entries));
    }

    private static Tensor anchors() {
        return SsdAnchors.of(
                SsdMobileNetV1.maps(SsdMobileNetV1.of(0.25, SIDE, 1).network()));
    }

    private Path manifest(String weights) throws IOException {
        var file = folder.resolve("faces-weights_manifest.json");
        return Files.writeString(file, "[{\"weights\":[" + weights + "],\"paths\":[\"faces.bin\"]}]");
    }

    @Test
    void weightsUnderTheirNamesAreADetector() throws IOException {
        var model = ModelFormats.read(write());

        assertThat(model.labels()).containsExactly("face");
        var boxes = model.boxes().orElseThrow();
        assertThat(boxes.anchors().toArray()).containsExactly(anchors().toArray(), within(1e-6f));
        assertThat(boxes.classes()).isEqualTo(1);
        assertThat(boxes.hasBackground()).isTrue();
        assertThat(boxes.meaning()).isEqualTo(BoxOutputs.Scores.LOGITS);
        assertThat(boxes.suppression().maxOverlap()).isEqualTo(0.5f);
        assertThat(model.preprocessing())
                .isEqualTo(Preprocessing.TF_SLIM.withCrop(1).withPadsToSquare(true));
        var network = SsdMobileNetV1.of(0.25, SIDE, 1).network();
        var expected = new Model(network, new Weights(ours), List.of(), Preprocessing.TF_SLIM);
        var image = Detectors.input(model, Detectors.photo(network.input(), 1));
        assertThat(Session.open(model).run(image, 1))
                .containsExactly(Session.open(expected).run(image, 1), within(1e-4f));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Output/extra_dim", "Preprocessor/ResizeImage/size", "MobilenetV1/Conv2d_13_pointwise/weights"})
    void otherManifestsAreNoModels(String missing) throws IOException {
        write();
        var file = manifest(String.join(",", entries).replace(missing, "other"));

        refused(file, "a manifest of weights without layers");
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        write();
        var all = String.join(",", entries);

        refused(
                manifest(all.replace("Prediction/Conv2d_3_pointwise/weights", "other")),
                "Prediction/Conv2d_3_pointwise/weights");
        refused(manifest(all.replace("\"shape\":[1, 1, 128, 9]", "\"shape\":[1, 1, 144, 8]")), "");
        refused(manifest(all.replace("\"min\":64", "\"min\":96")), "");
        refused(manifest(all.replace("\"min\":64", "\"min\":0")), "");
        refused(manifest("").resolveSibling("faces-weights_manifest.json"), "the weights take 0");
        Files.write(folder.resolve("faces.bin"), Arrays.copyOf(bytes.toByteArray(), 100_000));
        refused(manifest(all), "the weight files end inside");
        Files.delete(folder.resolve("faces.bin"));
        assertThatThrownBy(() -> ModelFormats.read(manifest(all))).isInstanceOf(IOException.class);
    }

    private static void refused(Path file, String part) {
        assertThatThrownBy(() -> ModelFormats.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(part)
                .hasMessageNotContaining("\n");
    }
}
