package org.mobilenet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.Agreement;
import org.mobilenet4j.formats.KerasFiles;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Weights of Keras's own MobileNet without its configuration.
class KerasMobileNetTest {
    @TempDir
    private Path directory;

    private static Model model(int classes) {
        var network = MobileNetV1.of(0.125, 128, classes).withMinDepth(1).network();
        return new Model(network, Weights.random(network, 4), List.of(), Preprocessing.TF_SLIM);
    }

    private static Tensor keras(String name, Tensor tensor) {
        var dims = tensor.dims();
        return name.equals("conv_preds/kernel") ? Tensor.of(tensor.toArray(), 1, 1, dims.get(0), dims.get(1)) : tensor;
    }

    /// As the published files are: a group for each layer.
    static Path named(Path file, Model model) {
        var variables = new LinkedHashMap<String, Tensor>();
        var groups = new LinkedHashMap<String, List<String>>();
        model.weights().tensors().forEach((name, tensor) -> {
            var layer = name.substring(0, name.indexOf('/'));
            variables.put(layer + "/" + name + ":0", keras(name, tensor));
            groups.computeIfAbsent(layer, _ -> new ArrayList<>()).add(name + ":0");
        });
        return KerasFiles.writeWeights(file, variables, groups);
    }

    /// As Keras 3 writes them: layers by kind and number.
    private static Path numbered(Path file, Model model) {
        var variables = new LinkedHashMap<String, Tensor>();
        var kinds = new LinkedHashMap<String, Integer>();
        var places = new LinkedHashMap<String, String>();
        var counts = new LinkedHashMap<String, Integer>();
        for (var name : model.network().parameters().keySet()) {
            var layer = name.substring(0, name.indexOf('/'));
            var kind = layer.endsWith("_bn")
                    ? "batch_normalization"
                    : layer.startsWith("conv_dw") ? "depthwise_conv2d" : "conv2d";
            var place = places.computeIfAbsent(layer, _ -> {
                int number = kinds.merge(kind, 1, Integer::sum) - 1;
                return number == 0 ? kind : kind + "_" + number;
            });
            int number = counts.merge(layer, 1, Integer::sum) - 1;
            variables.put(
                    "layers/" + place + "/vars/" + number,
                    keras(name, model.weights().get(name)));
        }
        return KerasFiles.writeWeights(file, variables, Map.of());
    }

    @Test
    void publishedFiles() throws IOException {
        var expected = model(5);

        var model = ModelFormats.read(named(directory.resolve("mobilenet_1_0_128_tf.h5"), expected));

        assertThat(model.network().body()).isEqualTo(expected.network().body());
        assertThat(model.notes()).containsEntry("input", "128x128x3, from the file's name");
        Agreement.assertSame(model, expected, 0);
    }

    /// A softmax of one value is 1 for every photo.
    @Test
    void aSingleOutputIsASigmoid() throws IOException {
        var model = ModelFormats.read(named(directory.resolve("cats_128_tf.h5"), model(1)));

        assertThat(model.outputs()).isEqualTo(Outputs.ONE_SIGMOID);
        assertThat(model.classes()).isEqualTo(2);
    }

    @Test
    void publishedFilesWithoutClassifier() throws IOException {
        var expected = model(0);

        var model = ModelFormats.read(named(directory.resolve("mobilenet_1_0_128_tf_no_top.h5"), expected));

        assertThat(model.notes()).containsEntry("outputs", "features: the file has no classifier");
        Agreement.assertSame(model, expected, 0);
    }

    @Test
    void weightsOfKeras3() throws IOException {
        var expected = model(5);

        var model = ModelFormats.read(numbered(directory.resolve("mine_128_tf.weights.h5"), expected));

        Agreement.assertSame(model, expected, 0);
    }

    @Test
    void otherWeightsAreRefused() throws IOException {
        var tensor = Tensor.of(new float[1], 1);
        var other = KerasFiles.writeWeights(directory.resolve("a.h5"), Map.of("conv1/kernel:0", tensor), Map.of());
        assertThatThrownBy(() -> ModelFormats.read(other)).hasMessageContaining("holds weights without a model");

        var expected = model(5);
        var tensors = new LinkedHashMap<>(expected.weights().tensors());
        tensors.put("conv_pw_3/kernel", Tensor.of(new float[16 * 17], 1, 1, 16, 17));
        var wrong = new LinkedHashMap<String, Tensor>();
        var groups = new LinkedHashMap<String, List<String>>();
        tensors.forEach((name, value) -> {
            var layer = name.substring(0, name.indexOf('/'));
            wrong.put(layer + "/" + name + ":0", keras(name, value));
            groups.computeIfAbsent(layer, _ -> new ArrayList<>()).add(name + ":0");
        });
        var misfit = KerasFiles.writeWeights(directory.resolve("b.h5"), wrong, groups);
        assertThatThrownBy(() -> ModelFormats.read(misfit)).hasMessageContaining("conv_pw_3/kernel");
    }
}
