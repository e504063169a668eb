package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// What a model knows about its inputs and outputs comes back from every format that is written.
class RememberedTest {
    private static final Preprocessing UNUSUAL = new Preprocessing(
            0.9,
            Resize.HALF_PIXEL,
            new Normalization(List.of(0.1f, 0.2f, 0.3f), List.of(0.4f, 0.5f, 0.6f)),
            ChannelOrder.BGR);

    @TempDir
    private Path folder;

    private static Model model(int colors, List<String> labels, Layer... end) {
        var layers = new ArrayList<Layer>(List.of(Conv.pointwise("conv", 4).withBias(), new GlobalAveragePool("pool")));
        layers.addAll(List.of(end));
        var network = new Network("somebody", new Shape(6, 6, colors), new Sequence("", layers));
        var preprocessing = colors == 3 ? UNUSUAL : UNUSUAL.forChannels(1).withChannels(ChannelOrder.RGB);
        return new Model(network, Weights.random(network, 4), labels, preprocessing, Map.of("by", "me"));
    }

    private Model through(Model model, String ending) throws IOException {
        var file = folder.resolve("other" + ending);
        ModelFormats.write(model, file, ElementType.FLOAT32);
        return ModelFormats.read(file);
    }

    private static Image photo() {
        var rgb = new byte[9 * 7 * 3];
        new java.util.Random(3).nextBytes(rgb);
        return new Image(9, 7, rgb);
    }

    private void assertComesBack(Model model, String ending) throws IOException {
        var read = through(model, ending);
        assertThat(read.preprocessing()).isEqualTo(model.preprocessing());
        assertThat(read.outputs()).isEqualTo(model.outputs());
        assertThat(read.labels()).isEqualTo(model.labels());
        assertThat(read.notes()).isEqualTo(model.notes());
        assertThat(read.network().name()).isEqualTo("somebody");
        assertThat(read.assumptions()).isEqualTo(model.assumptions());
        if (model.outputs().areClasses()) {
            var expected = Classifier.open(model).classify(photo(), 3);
            var actual = Classifier.open(read).classify(photo(), 3);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i).label()).isEqualTo(expected.get(i).label());
                assertThat(actual.get(i).probability())
                        .isCloseTo(expected.get(i).probability(), org.assertj.core.api.Assertions.within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".safetensors", ".mnz", ".tflite", ".onnx"})
    void everyKindOfOutputs(String ending) throws IOException {
        var three = List.of("a", "b", "c");
        var two = List.of("cat", "dog");
        var logits = model(3, three, Dense.of("fc", 3));
        assertComesBack(model(3, three, Dense.of("fc", 3), new Softmax("end")), ending);
        assertComesBack(logits, ending);
        assertComesBack(logits.withOutputs(Outputs.SIGMOIDS), ending);
        assertComesBack(logits.withLabels(List.of()).withOutputs(Outputs.FEATURES), ending);
        assertComesBack(model(3, three, Dense.of("fc", 3), new Sigmoid("end")), ending);
        assertComesBack(model(3, two, Dense.of("fc", 1), new Sigmoid("end")), ending);
        assertComesBack(model(3, two, Dense.of("fc", 1), new Flatten("flat"), new Sigmoid("end")), ending);
        assertComesBack(model(3, two, Dense.of("fc", 1)), ending);
        assertComesBack(model(1, three, Dense.of("fc", 3), new Softmax("end")), ending);
    }

    /// What was assumed stays an assumption, and does not become a fact by being written.
    @ParameterizedTest
    @ValueSource(strings = {".safetensors", ".tflite", ".onnx"})
    void assumptionsStayAssumptions(String ending) throws IOException {
        var assumed = model(3, List.of(), Dense.of("fc", 3))
                .withNotes(Map.of("preprocessing", "TF-Slim's, assumed: the file does not say"));
        assertThat(through(assumed, ending).assumptions()).containsOnlyKeys("preprocessing");
    }

    /// ImageNet's normalization differs between colors, of which gray has none.
    @Test
    void aGrayOnnxFileClassifies() throws IOException {
        var model = ModelFormats.read(SharedFiles.cases("formats/onnx/grey.onnx"));

        assertThat(model.network().input().channels()).isEqualTo(1);
        assertThat(model.assumptions()).containsKey("preprocessing");
        assertThat(Classifier.open(model).classify(photo(), 1)).hasSize(1);
    }

    /// One sigmoid of each format, and a layers model beside a graph of the same weights.
    @Test
    void oneSigmoidIsTwoClassesInEveryFormat() throws IOException {
        for (var path : List.of(
                "onnx/sigmoid_one.onnx",
                "tflite/sigmoid_one.tflite",
                "tfjs/sigmoid_one/model.json",
                "tfjs/sigmoid_one_graph_twin/model.json")) {
            var model = ModelFormats.read(SharedFiles.cases("formats/" + path));
            assertThat(model.outputs()).as(path).isEqualTo(Outputs.ONE_SIGMOID);
            assertThat(model.withLabels(List.of("no", "yes")).label(1)).isEqualTo("yes");
            assertThat(Classifier.open(model).classify(photo(), 5)).hasSize(2);
        }
    }

    @Test
    void logitsOfEveryFormatAreToldFromProbabilities() throws IOException {
        for (var path : List.of("onnx/plain.onnx", "tflite/logits.tflite", "tfjs/logits_end/model.json")) {
            var model = ModelFormats.read(SharedFiles.cases("formats/" + path));
            assertThat(model.outputs()).as(path).isEqualTo(Outputs.LOGITS);
            double sum = Classifier.open(model).classify(photo(), model.classes()).stream()
                    .mapToDouble(prediction -> prediction.probability())
                    .sum();
            assertThat(sum).as(path).isBetween(0.9999, 1.0001);
        }
    }
}
