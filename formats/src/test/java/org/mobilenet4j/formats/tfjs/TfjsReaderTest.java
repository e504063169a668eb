package org.mobilenet4j.formats.tfjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mobilenet4j.formats.TfjsFiles.text;
import static org.mobilenet4j.formats.TfjsFiles.wholes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Agreement;
import org.mobilenet4j.formats.KerasJson;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.formats.SmallGraph;
import org.mobilenet4j.formats.SmallKeras;
import org.mobilenet4j.formats.TfjsFiles;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class TfjsReaderTest {
    @TempDir
    private Path directory;

    private static String wrapped(String config) {
        return "{'keras_version':'2.15.0','model_config':" + config.replace('"', '\'') + "}";
    }

    /// A dense layer on a vector of two, whose weights a caller adds.
    private static String dense() {
        return wrapped(KerasJson.second()
                .input("in", "[null,2]")
                .layer("Dense", "d", "'units':2,'use_bias':false")
                .sequential());
    }

    private void refused(Consumer<TfjsFiles> nodes, String problem) {
        var files = new TfjsFiles().node("Placeholder", "x", SmallGraph.shape("-1", "8", "8", "4"));
        nodes.accept(files);
        assertThatThrownBy(() -> TfjsReader.read(files.write(directory, files.graph())))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(directory.resolve("model.json") + ": ")
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void layersModels() throws IOException {
        var expected = SmallKeras.model(directory.getFileName().toString());
        var config = SmallKeras.config(KerasJson.second(), "[null,16,16,3]");
        var files = new TfjsFiles().floats(SmallKeras.variables(expected.weights(), "depthwise_kernel"));

        var model = ModelFormats.read(files.write(directory, wrapped(config)));

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
        assertThat(model.notes()).containsEntry("format", "TensorFlow.js layers");
    }

    @Test
    void graphModels() throws IOException {
        var expected = SmallGraph.model(directory.getFileName().toString());
        var files = SmallGraph.files(expected.weights());

        var model = ModelFormats.read(files.write(directory, files.graph()));

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
        assertThat(model.notes()).containsEntry("format", "TensorFlow.js graph").doesNotContainKey("input");
    }

    @Test
    void quantizedWeightsAreTheFloatsTheyStandFor() throws IOException {
        var bytes = new TfjsFiles().quantized("d/kernel", new int[] {0, 1, 128, 255}, 1, 0.5, -3, 2, 2);
        assertThat(TfjsReader.read(bytes.write(directory, dense()))
                        .weights()
                        .get("d/kernel")
                        .toArray())
                .containsExactly(-3, -2.5f, 61, 124.5f);

        var words = new TfjsFiles().quantized("d/kernel", new int[] {0, 1, 32768, 65535}, 2, 0.25, -1, 2, 2);
        assertThat(TfjsReader.read(words.write(directory, dense()))
                        .weights()
                        .get("d/kernel")
                        .toArray())
                .containsExactly(new float[] {-1, -0.75f, 8191, 16382.75f}, within(1e-3f));

        var halves = new TfjsFiles().halves("d/kernel", Tensor.of(new float[] {1, -2, 0.5f, 65504}, 2, 2));
        assertThat(TfjsReader.read(halves.write(directory, dense()))
                        .weights()
                        .get("d/kernel")
                        .toArray())
                .containsExactly(1, -2, 0.5f, 65504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.bin", "/etc/passwd", "a/../../secret.bin", ".", ""})
    void filesElsewhereAreNotRead(String path) throws IOException {
        var files = new TfjsFiles().floats("d/kernel", Tensor.of(new float[4], 2, 2));
        var model = Files.createDirectory(directory.resolve("model")).resolve("model.json");
        Files.write(directory.resolve("secret.bin"), new byte[16]);
        Files.writeString(model, files.json(dense(), "'" + path + "'"));

        assertThatThrownBy(() -> TfjsReader.read(model))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("lies outside its folder");
    }

    @Test
    void linksThatLeadElsewhereAreNotFollowed() throws IOException {
        var files = new TfjsFiles().floats("d/kernel", Tensor.of(new float[4], 2, 2));
        var folder = Files.createDirectory(directory.resolve("model"));
        var secret = Files.write(directory.resolve("secret.bin"), new byte[16]);
        Files.createSymbolicLink(folder.resolve("link.bin"), secret);
        var model = Files.writeString(folder.resolve("model.json"), files.json(dense(), "'link.bin'"));

        assertThatThrownBy(() -> TfjsReader.read(model)).hasMessageContaining("leads outside its folder");
    }

    @Test
    void weightsThatDoNotFitTheirFilesAreNoticed() throws IOException {
        var files = new TfjsFiles().floats("d/kernel", Tensor.of(new float[4], 2, 2));
        var model = files.write(directory, dense());
        var shard = directory.resolve("group1-shard2of2.bin");

        Files.write(shard, new byte[7]);
        assertThatThrownBy(() -> TfjsReader.read(model)).hasMessageContaining("end inside \"d/kernel\"");
        Files.write(shard, new byte[9]);
        assertThatThrownBy(() -> TfjsReader.read(model)).hasMessageContaining("have 17 bytes, but the weights take 16");
        Files.delete(shard);
        assertThatThrownBy(() -> TfjsReader.read(model)).hasMessageContaining("needs it for its weights");
        Files.writeString(model, files.json(dense(), "'group1-shard1of2.bin','group1-shard1of2.bin'"));
        assertThatThrownBy(() -> TfjsReader.read(model)).hasMessageContaining(" twice");
    }

    private Model read(Consumer<TfjsFiles> nodes) throws IOException {
        var files = new TfjsFiles().node("Placeholder", "x", SmallGraph.shape("-1", "8", "8", "4"));
        nodes.accept(files);
        return TfjsReader.read(files.write(directory, files.graph()));
    }

    private static List<Layer> layers(Model model) {
        return ((Sequence) model.network().body()).layers();
    }

    @Test
    void endsAreTheScores() throws IOException {
        Consumer<TfjsFiles> pooled = b -> b.integers("axes", 1, 2).node("Max", "m", "", "x", "axes");
        var most = Pool.globalMax("global_max_pooling", new Shape(8, 8, 4));
        var logarithms =
                read(pooled.andThen(b -> b.node("LogSoftmax", "l", "", "m").node("Identity", "i", "", "l")));
        assertThat(layers(logarithms)).containsExactly(most, new Softmax("predictions"));
        assertThat(logarithms.notes().get("outputs")).startsWith("probabilities");
        var choice = read(pooled.andThen(b -> b.integers("last", 1).node("ArgMax", "a", "", "m", "last")));
        assertThat(layers(choice)).containsExactly(most);
        assertThat(choice.notes().get("outputs")).startsWith("the scores");
        refused(
                pooled.andThen(b -> b.node("LogSoftmax", "l", "", "m").node("Relu", "r", "", "l")),
                "logarithm of a softmax inside of the network");
        refused(
                pooled.andThen(b -> b.integers("last", 0).node("ArgMax", "a", "", "m", "last")),
                "works along the axes [0]");
    }

    /// As Keras exports a PReLU: `relu(x) + (-alpha) * relu(-x)`.
    @Test
    void slopesInPieces() throws IOException {
        var model = read(b -> b.floats("a", Tensor.of(new float[] {-0.5f, 0, 1, -2}, 1, 1, 4))
                .node("Relu", "p", "", "x")
                .node("Neg", "n", "", "x")
                .node("Relu", "q", "", "n")
                .node("Mul", "s", "", "a", "q")
                .node("AddN", "y", "", "p", "s"));
        var image = new float[8 * 8 * 4];
        for (int i = 0; i < image.length; i++) {
            image[i] = i % 7 - 3;
        }
        var made = Session.open(model).run(image, 1);
        for (int i = 0; i < image.length; i++) {
            float slope = new float[] {0.5f, 0, -1, 2}[i % 4];
            assertThat(made[i]).isCloseTo(image[i] < 0 ? slope * image[i] : image[i], within(1e-6f));
        }
    }

    @Test
    void whatIsNotReadIsNamed() {
        refused(
                b -> b.node("Selu", "y", "", "x"),
                "has the node y of the kind Selu, which is not supported; supported operators: Add,");
        refused(
                b -> b.node("Relu", "y", "", "z"),
                "the node y (Relu) cannot be read: it reads \"z\", which is not a node");
        refused(b -> b.node("Relu", "y", "", "x:1"), "first outputs are supported");
        refused(b -> b.node("Relu", "y", "", "z").node("Relu", "z", "", "y"), "cycle");
        refused(b -> b.node("Merge", "y", "", "z").node("NextIteration", "z", "", "y"), "loops (NextIteration)");
        refused(b -> b.node("Relu", "y", "", "x").node("Relu", "z", "", "x"), "has 2 outputs");
        refused(b -> b.node("Placeholder", "y", ""), "has 2 inputs");
        refused(b -> b.node("ConcatV2", "y", ""), "its input -1 is missing");
        refused(b -> b.node("Softmax", "x", ""), "two nodes called \"x\"");
        refused(
                b -> b.floats("k", Tensor.of(new float[16], 1, 1, 4, 4))
                        .node("Conv2D", "c", wholes("dilations", 1, 2, 1, 1) + "," + text("padding", "SAME"), "x", "k"),
                "differ between rows and columns");
        refused(
                b -> b.floats("k", Tensor.of(new float[16], 1, 1, 4, 4))
                        .node("Conv2D", "c", text("data_format", "NCHW"), "x", "k"),
                "its data format is NCHW");
        refused(
                b -> b.floats("k", Tensor.of(new float[16], 4, 4))
                        .node("_FusedMatMul", "c", TfjsFiles.fused("Selu"), "x", "k"),
                "it is fused with Selu");
        refused(b -> b.integers("axes", 0, 1).node("Mean", "m", "", "x", "axes"), "it works along the axes");
        refused(b -> b.node("Mean", "m", "", "x", "x"), "is computed where a constant is needed");
    }

    @Test
    void otherJsonIsNamed() throws IOException {
        var file = Files.writeString(directory.resolve("package.json"), "{\"name\": \"something\"}");
        assertThatThrownBy(() -> ModelFormats.read(file)).hasMessageContaining("is not a TensorFlow.js model");
        Files.writeString(file, "{\"name\": ");
        assertThatThrownBy(() -> ModelFormats.read(file)).hasMessageContaining("is not valid JSON");
    }
}
