package org.mobilenet4j.formats.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.formats.tensorflow.TfFiles.attribute;
import static org.mobilenet4j.formats.tensorflow.TfFiles.constant;
import static org.mobilenet4j.formats.tensorflow.TfFiles.field;
import static org.mobilenet4j.formats.tensorflow.TfFiles.join;
import static org.mobilenet4j.formats.tensorflow.TfFiles.node;
import static org.mobilenet4j.formats.tensorflow.TfFiles.number;
import static org.mobilenet4j.formats.tensorflow.TfFiles.shape;
import static org.mobilenet4j.formats.tensorflow.TfFiles.text;
import static org.mobilenet4j.formats.tensorflow.TfFiles.wholes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Agreement;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

class TensorflowReaderTest {
    @TempDir
    private Path directory;

    private final Model expected = expected();

    private static Model expected() {
        var window = new Window(3, 3, 2, 1, Padding.SAME);
        var network = new Network(
                "m",
                new Shape(8, 8, 3),
                new Sequence(
                        "",
                        List.of(
                                Conv.of("conv1", 4, window).withBias(),
                                Activation.relu6("relu6"),
                                new GlobalAveragePool("global_average_pooling"),
                                Dense.of("conv_preds", 5),
                                new Softmax("predictions"))));
        return new Model(network, Weights.random(network, 3), List.of(), Preprocessing.TF_SLIM);
    }

    private static byte[] input(String name) {
        return node(name, "Placeholder", "", attribute("shape", field(7, shape(-1, 8, 8, 3))));
    }

    /// The layers, in `field` of a message, on the values of these names.
    private static byte[] layers(int field, String suffix, String... values) {
        return join(
                field(
                        field,
                        node(
                                "c",
                                "Conv2D",
                                values[0] + " " + values[1],
                                text("padding", "SAME"),
                                wholes("strides", 1, 2, 2, 1))),
                field(field, node("b", "BiasAdd", "c" + suffix + " " + values[2])),
                field(field, node("r", "Relu6", "b" + suffix)),
                field(field, constant("axes", 1, 2)),
                field(field, node("p", "Mean", "r" + suffix + " axes" + suffix)),
                field(field, node("d", "MatMul", "p" + suffix + " " + values[3])),
                field(field, node("e", "BiasAdd", "d" + suffix + " " + values[4])),
                field(field, node("s", "Softmax", "e" + suffix)));
    }

    static byte[] frozen() {
        var weights = expected().weights();
        return join(
                field(1, input("x")),
                field(1, constant("k", weights.get("conv1/kernel"))),
                field(1, constant("kb", weights.get("conv1/bias"))),
                field(1, constant("w", weights.get("conv_preds/kernel"))),
                field(1, constant("wb", weights.get("conv_preds/bias"))),
                field(1, node("k/read", "Identity", "k ^x")),
                field(1, node("unread", "Unknown", "k:1")),
                field(1, node("shape", "Shape", "r")),
                layers(1, "", "x", "k/read", "kb", "w", "wb"));
    }

    private static byte[] variable(String name) {
        return field(1, node(name, "VarHandleOp", "", text("shared_name", name)));
    }

    private static byte[] read(String name) {
        return field(3, node("read_" + name, "ReadVariableOp", name));
    }

    private static byte[] restored(int number) {
        return join(
                field(3, node("i" + number, "Identity", "restore:tensors:" + number)),
                field(3, node("a" + number, "AssignVariableOp", "v" + number + " i" + number + ":output:0")));
    }

    private static byte[] function(String name, List<String> arguments, String result, byte[] nodes) {
        var signature = join(
                field(1, name),
                join(arguments.stream()
                        .map(argument -> field(2, field(1, argument)))
                        .toArray(byte[][]::new)),
                field(3, field(1, "out")));
        return field(1, field(1, signature), nodes, field(4, field(1, "out"), field(2, result)));
    }

    private static byte[] call(String name, String function, String inputs) {
        return field(1, node(name, "StatefulPartitionedCall", inputs, attribute("f", field(10, field(1, function)))));
    }

    static byte[] savedModel() {
        var names =
                field(8, number(1, 7), field(8, "key/k"), field(8, "key/kb"), field(8, "key/w"), field(8, "key/wb"));
        var inner = function(
                "inner",
                List.of("x", "k", "kb", "w", "wb"),
                "s:softmax:0",
                join(
                        read("k"),
                        read("kb"),
                        read("w"),
                        read("wb"),
                        layers(
                                3,
                                ":output:0",
                                "x",
                                "read_k:value:0",
                                "read_kb:value:0",
                                "read_w:value:0",
                                "read_wb:value:0")));
        var outer = function(
                "outer",
                List.of("a", "b", "c", "d", "e"),
                "call:output:0",
                field(
                        3,
                        node(
                                "call",
                                "StatefulPartitionedCall",
                                "a b c d e",
                                attribute("f", field(10, field(1, "inner"))))));
        var restore = function(
                "restore",
                List.of("v0", "v1", "v2", "v3"),
                "i0:output:0",
                join(
                        field(
                                3,
                                node(
                                        "names",
                                        "Const",
                                        "",
                                        attribute("value", names),
                                        attribute("dtype", number(6, 7)))),
                        field(3, node("restore", "RestoreV2", "prefix names:output:0 slices:output:0")),
                        restored(0),
                        restored(1),
                        restored(2),
                        restored(3)));
        var graph = join(
                field(1, input("serving_default_x")),
                variable("k"),
                variable("kb"),
                variable("w"),
                variable("wb"),
                call("serve", "outer", "serving_default_x k kb w wb"),
                call("load", "restore", "k kb w wb"),
                field(2, inner, outer, restore));
        var signature = join(
                field(1, field(1, "x"), field(2, field(1, "serving_default_x:0"))),
                field(2, field(1, "y"), field(2, field(1, "serve:0"))));
        var meta = join(
                field(1, field(4, "serve")),
                field(2, graph),
                field(5, field(1, "serving_default"), field(2, signature)));
        return join(number(1, 1), field(2, meta));
    }

    private Path savedModel(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("saved_model.pb"), savedModel());
        var weights = expected.weights();
        TfFiles.bundle(
                folder.resolve("variables"),
                Map.of(
                        "key/k", weights.get("conv1/kernel"),
                        "key/kb", weights.get("conv1/bias"),
                        "key/w", weights.get("conv_preds/kernel"),
                        "key/wb", weights.get("conv_preds/bias")));
        return folder;
    }

    @Test
    void frozenGraphs() throws IOException {
        var model = ModelFormats.read(Files.write(directory.resolve("m.pb"), frozen()));

        assertThat(model.network().body()).isEqualTo(expected.network().body());
        assertThat(model.notes()).containsEntry("format", "TensorFlow frozen graph");
        Agreement.assertSame(model, expected, 0);
    }

    @Test
    void savedModels() throws IOException {
        var folder = savedModel(directory.resolve("m"));

        for (var given : List.of(folder, folder.resolve("saved_model.pb"))) {
            var model = ModelFormats.read(given);
            assertThat(model.network().name()).isEqualTo("m");
            Agreement.assertSame(model, expected, 0);
        }
    }

    @Test
    void variablesAreChecked() throws IOException {
        var folder = savedModel(directory.resolve("m"));
        var data = folder.resolve("variables/variables.data-00000-of-00001");
        var bytes = Files.readAllBytes(data);
        bytes[5] ^= 1;
        Files.write(data, bytes);
        assertThatThrownBy(() -> ModelFormats.read(folder))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("has another checksum");

        Files.delete(data);
        assertThatThrownBy(() -> ModelFormats.read(folder)).hasMessageContaining("which cannot be read");

        Files.delete(folder.resolve("variables/variables.index"));
        Files.delete(folder.resolve("variables"));
        assertThatThrownBy(() -> ModelFormats.read(folder)).hasMessageContaining("its value is not in the file");
    }

    @Test
    void loopsAreRefused() throws IOException {
        var graph = join(
                field(1, input("x")),
                field(1, node("a", "Add", "x b")),
                field(1, node("b", "Relu", "a")),
                field(1, node("c", "Relu", "b")));
        var file = Files.write(directory.resolve("m.pb"), graph);
        assertThatThrownBy(() -> ModelFormats.read(file)).hasMessageContaining("cycle");

        var endless = join(
                field(1, input("x")),
                call("y", "f", "x"),
                field(
                        2,
                        function(
                                "f",
                                List.of("a"),
                                "n:output:0",
                                field(
                                        3,
                                        node("n", "PartitionedCall", "a", attribute("f", field(10, field(1, "f"))))))));
        var recursive = Files.write(directory.resolve("n.pb"), endless);
        assertThatThrownBy(() -> ModelFormats.read(recursive)).hasMessageContaining("call each other");
    }
}
