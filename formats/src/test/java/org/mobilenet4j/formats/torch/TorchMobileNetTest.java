package org.mobilenet4j.formats.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Agreement;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

class TorchMobileNetTest {
    /// Blocks in each of timm's stages.
    private static final List<Integer> STAGES = List.of(1, 2, 2, 6, 2);

    @TempDir
    private Path directory;

    /// The table's layers as PyTorch has them.
    static Model expected(String name, boolean relu6) {
        return expected(name, 0.25, relu6);
    }

    static Model expected(String name, double alpha, boolean relu6) {
        var table =
                MobileNetV1.of(alpha, 224, 10).withPadding(Padding.SYMMETRIC).network();
        var layers = ((Sequence) table.body())
                .layers().stream()
                        .filter(layer -> !(layer instanceof Dropout))
                        .map(layer -> switch (layer) {
                            case BatchNorm norm -> (Layer) new BatchNorm(norm.name(), 1e-5);
                            case Activation relu when !relu6 -> Activation.relu(relu.name());
                            default -> layer;
                        })
                        .toList();
        var network = new Network(name, table.input(), new Sequence("", layers));
        return new Model(network, Weights.random(network, 2), List.of(), Preprocessing.TF_SLIM);
    }

    /// Output before input before window.
    private static Tensor torch(Tensor kernel, boolean isDepthwise) {
        var dims = kernel.dims();
        int taps = dims.size() == 2 ? 1 : dims.get(0) * dims.get(1);
        int inputs = isDepthwise ? 1 : dims.get(dims.size() - 2);
        int outputs = kernel.size() / taps / inputs;
        var values = new float[kernel.size()];
        for (int i = 0; i < values.length; i++) {
            values[(i % outputs * inputs + i / outputs % inputs) * taps + i / outputs / inputs] = kernel.get(i);
        }
        return dims.size() == 2
                ? Tensor.of(values, outputs, inputs)
                : Tensor.of(values, outputs, inputs, dims.get(0), dims.get(1));
    }

    private static void put(Map<String, Tensor> all, Weights from, String layer, String filter, String norm) {
        boolean isDepthwise = layer.startsWith("conv_dw");
        var kernel = from.get(layer + (isDepthwise ? "/depthwise_kernel" : "/kernel"));
        all.put(filter + ".weight", torch(kernel, isDepthwise));
        all.put(norm + ".weight", from.get(layer + "_bn/gamma"));
        all.put(norm + ".bias", from.get(layer + "_bn/beta"));
        all.put(norm + ".running_mean", from.get(layer + "_bn/moving_mean"));
        all.put(norm + ".running_var", from.get(layer + "_bn/moving_variance"));
    }

    static Map<String, Tensor> timm(Weights weights) {
        var all = new LinkedHashMap<String, Tensor>();
        put(all, weights, "conv1", "conv_stem", "bn1");
        int number = 0;
        for (int stage = 0; stage < STAGES.size(); stage++) {
            for (int i = 0; i < STAGES.get(stage); i++) {
                number++;
                var block = "blocks." + stage + "." + i + ".";
                put(all, weights, "conv_dw_" + number, block + "conv_dw", block + "bn1");
                put(all, weights, "conv_pw_" + number, block + "conv_pw", block + "bn2");
            }
        }
        all.put("classifier.weight", torch(weights.get("conv_preds/kernel"), false));
        all.put("classifier.bias", weights.get("conv_preds/bias"));
        return all;
    }

    static Map<String, Tensor> plain(Weights weights) {
        var all = new LinkedHashMap<String, Tensor>();
        put(all, weights, "conv1", "module.model.0.0", "module.model.0.1");
        for (int i = 1; i <= 13; i++) {
            var block = "module.model." + i + ".";
            put(all, weights, "conv_dw_" + i, block + "0", block + "1");
            put(all, weights, "conv_pw_" + i, block + "3", block + "4");
        }
        all.put("module.fc.weight", torch(weights.get("conv_preds/kernel"), false));
        all.put("module.fc.bias", weights.get("conv_preds/bias"));
        return all;
    }

    /// Written by hand, with PyTorch's counters between the tensors.
    static byte[] safetensors(Map<String, Tensor> tensors) {
        var data = new ByteArrayOutputStream();
        var header = new StringBuilder("{");
        for (var entry : tensors.entrySet()) {
            var tensor = entry.getValue();
            var bytes = ByteBuffer.allocate(4 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < tensor.size(); i++) {
                bytes.putFloat(tensor.get(i));
            }
            header.append(entry(entry.getKey(), "F32", tensor.dims().toString(), data.size(), 4 * tensor.size()));
            data.writeBytes(bytes.array());
            if (entry.getKey().endsWith(".running_var")) {
                var counter = entry.getKey().replace("running_var", "num_batches_tracked");
                header.append(entry(counter, "I64", "[]", data.size(), 8));
                data.writeBytes(new byte[8]);
            }
        }
        header.setCharAt(header.length() - 1, '}');
        var json = header.toString().getBytes(StandardCharsets.UTF_8);
        var file = ByteBuffer.allocate(8 + json.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json).put(data.toByteArray());
        return file.array();
    }

    private Path write(String name, Map<String, Tensor> tensors) throws IOException {
        return Files.write(directory.resolve(name), safetensors(tensors));
    }

    private static String entry(String name, String dtype, String shape, int begin, int length) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + ","
                + (begin + length) + "]},";
    }

    /// A softmax of one value is 1 for every photo. One name is enough for it.
    @Test
    void aSingleOutputIsASigmoid() throws IOException {
        var tensors = plain(expected("cats", false).weights());
        tensors.put("module.fc.weight", Tensor.of(new float[256], 1, 256));
        tensors.put("module.fc.bias", Tensor.of(new float[1], 1));
        Files.write(directory.resolve("cats.safetensors"), safetensors(tensors));
        Files.writeString(directory.resolve("labels.txt"), "cat\n");

        var model = ModelFormats.read(directory.resolve("cats.safetensors"));

        assertThat(model.outputs()).isEqualTo(Outputs.ONE_SIGMOID);
        assertThat(model.labels()).containsExactly("not cat", "cat");
        assertThat(model.notes()).containsEntry("outputs", "sigmoid added: the file ends in scores");
    }

    @Test
    void timmsNames() throws IOException {
        var expected = expected("mobilenetv1_025", true);

        var model = ModelFormats.read(write("mobilenetv1_025.safetensors", timm(expected.weights())));

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
        assertThat(model.preprocessing().normalization()).isEqualTo(Normalization.SIGNED);
        assertThat(model.notes())
                .containsEntry("format", "safetensors, timm's names")
                .containsEntry("alpha", "0.25")
                .containsEntry("input", "224x224x3, assumed: the file does not say");
    }

    /// Both networks that timm publishes, and a list of labels that TensorFlow's networks take.
    @ParameterizedTest
    @CsvSource({"mobilenetv1_100, 1.0", "mobilenetv1_125, 1.25"})
    void timmsPublishedNetworks(String name, double alpha) throws IOException {
        var expected = expected(name, alpha, true);
        Files.writeString(directory.resolve("labels.txt"), "background\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");

        var model = ModelFormats.read(write(name + ".safetensors", timm(expected.weights())));

        assertThat(model.network()).isEqualTo(expected.network());
        assertThat(model.notes()).containsEntry("alpha", String.valueOf(alpha));
        assertThat(model.labels()).hasSize(10).startsWith("0");
        Agreement.assertSame(model, expected, 1e-5f);
    }

    @Test
    void timmsHead() throws IOException {
        var tensors = timm(expected("m", true).weights());
        var norm = Tensor.of(new float[] {1, 1}, 2);
        tensors.put("conv_head.weight", Tensor.of(new float[2 * 256], 2, 256, 1, 1));
        for (var parameter : List.of("weight", "bias", "running_mean", "running_var")) {
            tensors.put("bn2." + parameter, norm);
        }
        tensors.put("classifier.weight", Tensor.of(new float[20], 10, 2));

        var model = ModelFormats.read(write("m.safetensors", tensors));

        assertThat(((Sequence) model.network().body()).layers()).contains(Conv.pointwise("conv_head", 2));
    }

    @Test
    void plainNames() throws IOException {
        var expected = expected("plain", false);

        var model = ModelFormats.read(write("plain.safetensors", plain(expected.weights())));

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
        assertThat(model.preprocessing().normalization()).isEqualTo(Normalization.IMAGENET);
    }

    @Test
    void otherNetworksAreNamed() throws IOException {
        var tensors = timm(expected("m", true).weights());

        tensors.put("blocks.1.0.se.conv_reduce.weight", Tensor.of(new float[1], 1));
        var other = write("other.safetensors", tensors);
        assertThatThrownBy(() -> ModelFormats.read(other))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("blocks.1.0.se.conv_reduce.weight, which a MobileNet v1 does not have");

        tensors.remove("blocks.1.0.se.conv_reduce.weight");
        tensors.remove("classifier.bias");
        var headless = write("headless.safetensors", tensors);
        assertThatThrownBy(() -> ModelFormats.read(headless)).hasMessageContaining("has no tensor classifier.bias");

        var unknown = write("unknown.safetensors", Map.of("a", Tensor.of(new float[1], 1)));
        assertThatThrownBy(() -> ModelFormats.read(unknown)).hasMessageContaining("without a mobilenet4j network");
    }
}
