package org.mobilenet4j.formats.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.formats.OnnxBuilder.number;
import static org.mobilenet4j.formats.OnnxBuilder.numbers;
import static org.mobilenet4j.formats.OnnxBuilder.real;
import static org.mobilenet4j.formats.OnnxBuilder.text;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.OnnxBuilder;

/// What is refused, in which words; weights beside the file; metadata.
class OnnxReaderTest {
    private static final Path NAME = Path.of("some", "small.onnx");

    @TempDir
    private Path folder;

    private static void refused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> OnnxReader.read(NAME, bytes))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(NAME + ": ")
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(500);
    }

    /// The refusal of an operator behind an input of N x 4 x 8 x 8.
    private static void refused(BiFunction<OnnxBuilder, String, String> operator, String... parts) {
        var b = OnnxBuilder.pytorch(17);
        refused(b.build(operator.apply(b, b.input(-1, 4, 8, 8))), parts);
    }

    @Test
    void unknownOperatorsAreNamed() {
        refused(
                (b, x) -> b.node("Softplus", x),
                "has the operator Softplus \"/Softplus_0\" (node 0), which is not supported; supported operators:"
                        + " Add, ");
        refused(
                (b, x) -> {
                    var made = b.node("FusedConv", x);
                    b.last().setDomain("com.microsoft").setName("sneaky\nname");
                    return made;
                },
                "com.microsoft.FusedConv \"sneaky?name\"");
        refused((b, x) -> b.node("ConvInteger", x), "is quantized with the operator ConvInteger", "(quantize_static)");
    }

    @Test
    void graphsThatAreNoTreesAreNamed() {
        refused(
                (b, x) -> {
                    var left = b.node("Relu", x);
                    var right = b.node("Relu", x);
                    var joined = b.node("Add", List.of(left, right));
                    return b.node("Add", List.of(b.node("Relu", joined), right));
                },
                "Relu \"/Relu_1\" (node 1)",
                "read across branches");
    }

    @Test
    void whatIsKnownButNotReadIsNamed() {
        refused(
                (b, x) -> b.node("Conv", List.of(x, b.floats("w", 4, 4, 1, 1)), numbers("dilations", 2, 1)),
                "Conv \"/Conv_0\" (node 0) cannot be read: its dilations 2x1");
        refused(
                (b, x) -> b.node("Conv", List.of(x, b.floats("w", 4, 3, 1, 1))),
                "its kernel of 4x3x1x1 in 1 groups does not fit its input of Nx4x8x8");
        refused((b, x) -> b.node("Conv", List.of(x, b.floats("w", 4, 4, 3))), "\"w\" is 4x4x3; 4 dimensions");
        refused((b, x) -> b.node("Conv", List.of(x, x)), "its input \"x\" is computed; it must be a constant");
        refused((b, x) -> b.node("Clip", x, real("min", -1), real("max", 1)), "clips from -1.0 to 1.0");
        refused((b, x) -> b.node("Softmax", x, number("axis", 2)), "axis 2 of Nx4x8x8, which is not the channels");
        refused((b, x) -> b.node("ReduceMean", x, numbers("axes", 1)), "ReduceMean", "rows and columns");
        refused((b, x) -> b.node("Transpose", x, numbers("perm", 1, 0, 2, 3)), "moves the batch");
        refused((b, x) -> b.node("Transpose", x, numbers("perm", 0, 1, 1, 3)), "all axes");
        refused((b, x) -> b.node("Transpose", x, numbers("perm", 0, 1, 3, 2)), "another order");
        refused((b, x) -> b.node("Flatten", x, number("axis", 1)), "has the output", "another order");
        refused(
                (b, x) -> b.node("Reshape", List.of(x, b.wholes("s", -1, 4, 3, 3))),
                "it reshapes Nx4x8x8 to" + " -1x4x3x3",
                "Reshape");
        refused((b, x) -> b.node("Reshape", List.of(x, b.wholes("s", 2, -1))), "2x-1");
        refused((b, x) -> b.node("Concat", List.of(x, x), number("axis", 2)), "along their channels");
        refused((b, x) -> b.node("Add", List.of(x, b.floats("c", 8, 8))), "only one number, or one for each channel");
        refused(
                (b, x) ->
                        b.node("Add", List.of(b.node("Conv", List.of(x, b.floats("w", 8, 4, 1, 1))), b.floats("c", 8))),
                "it adds 8 to Nx8x8x8; only one value per channel");
        refused((b, x) -> b.node("Add", List.of(x, b.node("GlobalAveragePool", x))), "different shapes");
        refused(
                (b, x) -> b.node("Pad", List.of(x, b.wholes("p", 0, 0, 1, 1, 0, 0, 1, 1)), text("mode", "reflect")),
                "other values than zeros");
        refused((b, x) -> b.node("Pad", List.of(x, b.wholes("p", 0, 1, 0, 0, 0, 0, 0, 0))), "rows and columns");
        refused(
                (b, x) -> b.node("MaxPool", x, numbers("kernel_shape", 2, 2), numbers("dilations", 2, 2)),
                "pooling windows are not dilated");
        refused((b, x) -> b.node("Relu", "nothing"), "it reads \"nothing\" as a feature map");
        refused((b, x) -> b.node("Gemm", List.of(x, b.floats("w", 4, 4))), "Gemm", "Nx4x8x8");
        refused((b, x) -> b.node("Mul", List.of(x, b.node("GlobalAveragePool", x))), "different shapes");
        refused((b, x) -> b.node("Resize", List.of(x, "", b.floats("s", new float[] {1, 1, 2, 2}, 4))), "nearest");
        refused(
                (b, x) -> b.node(
                        "Resize",
                        List.of(x, "", b.floats("s", new float[] {1, 1, 1.3f, 2}, 4)),
                        text("mode", "linear")),
                "that give integers");
        refused(
                (b, x) -> b.node("Resize", List.of(x, "", "", b.wholes("s", 1, 3, 9, 9)), text("mode", "linear")),
                "resizes channels");
        refused((b, x) -> b.node("LRN", x, number("size", 4)), "neighborhood must be odd");
    }

    @Test
    void inputsAndOutputsThatDoNotFitAreNamed() {
        var open = OnnxBuilder.pytorch(17);
        refused(
                open.build(open.node("Relu", open.input(-1, -1, -1, -1))),
                "has a dynamic number of channels in its input \"x\"");
        var two = OnnxBuilder.pytorch(17);
        var x = two.input(1, 3, 4, 4);
        refused(two.build(x, two.node("Relu", x)), "has 2 outputs");
        var flat = OnnxBuilder.pytorch(17);
        refused(flat.build(flat.node("Relu", flat.input(1, 3, 4))), "of 3 dimensions");
        var old = OnnxBuilder.pytorch(6);
        refused(old.build(old.input(1, 3, 4, 4)), "version 6 of ONNX's operators", "7 or newer");
        refused(OnnxBuilder.pytorch(17).build(), "has 0 inputs");
    }

    @Test
    void filesThatAreNoneAreNamed() throws IOException {
        assertThatThrownBy(() -> OnnxReader.read(folder.resolve("none.onnx")))
                .hasMessageContaining("none.onnx: there is no such file");
        assertThatThrownBy(() -> OnnxReader.read(folder)).hasMessageContaining("is not a file");
        refused(new byte[0], "is not an ONNX file");
        refused("{\"a\": 1, \"b\": 2}".getBytes(StandardCharsets.UTF_8), "is not an ONNX file");
    }

    @Test
    void weightsUsedOverAndOverDoNotFillTheMemory() {
        refused(
                (b, x) -> {
                    var kernel = b.floats("w", 64, 64, 1, 1);
                    var made = b.node("Conv", List.of(x, b.floats("v", 64, 4, 1, 1)));
                    for (int i = 0; i < 50; i++) {
                        made = b.node("Conv", List.of(made, kernel));
                    }
                    return made;
                },
                "over and over");
    }

    @Test
    void fieldsAreCountedBeforeTheyAreParsed() {
        // Empty operators, two bytes each; and sizes, a byte each.
        var graph = new byte[2 * OnnxBounds.MAX_FIELDS];
        for (int i = 0; i < graph.length; i += 2) {
            graph[i] = 0x0a;
        }
        refused(message(7, graph), "has more than 262144 fields");
        refused(message(7, message(5, message(7, new byte[OnnxBounds.MAX_FIELDS]))), "has more than 262144 fields");
        var deep = new byte[0];
        for (int i = 0; i < 60; i++) {
            deep = message(1, message(5, message(6, deep))); // an operator's attribute that is a graph
        }
        refused(message(7, deep), "messages nested more than");
    }

    /// Field `number` with these bytes.
    private static byte[] message(int number, byte[] content) {
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.write(number << 3 | 2);
        for (int left = content.length; ; left >>>= 7) {
            bytes.write(left > 127 ? (left & 127) | 128 : left);
            if (left <= 127) {
                break;
            }
        }
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private byte[] withExternal(String location, String offset, String length) {
        var b = OnnxBuilder.pytorch(17);
        var x = b.input(-1, 2, 3, 3);
        var kernel = TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", offset))
                .addExternalData(entry("length", length));
        return b.build(b.node("Conv", List.of(x, b.tensor(kernel, 3, 2, 1, 1))));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Test
    void weightsBesideTheFileAreRead() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.write(
                folder.resolve("data/w.bin"),
                OnnxBuilder.raw(9, 1, 2, 3, 4, 5, 6).toByteArray());
        var file = Files.write(folder.resolve("m.onnx"), withExternal("data/w.bin", "4", "24"));

        assertThat(OnnxReader.read(file).weights().get("conv1/kernel").toArray())
                .containsExactly(1, 3, 5, 2, 4, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../w.bin", "data/../../w.bin", "/etc/passwd", "", ".", "link/w.bin"})
    void weightsOutsideOfTheFolderAreNot(String location) throws IOException {
        var inner = Files.createDirectory(folder.resolve("inner"));
        Files.write(folder.resolve("w.bin"), new byte[24]);
        Files.createSymbolicLink(inner.resolve("link"), folder);
        var file = Files.write(inner.resolve("m.onnx"), withExternal(location, "0", "24"));

        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("outside of the model's folder");
    }

    @Test
    void weightsThatAreMissingOrShortAreNamed() throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[24]);
        for (var numbers :
                List.of("1,24", "99,24", "0,23", "0,99999999999999", "-1,24", "x,24", "24,9223372036854775807")) {
            var parts = numbers.split(",", -1);
            var file = Files.write(folder.resolve("m.onnx"), withExternal("w.bin", parts[0], parts[1]));
            assertThatThrownBy(() -> OnnxReader.read(file))
                    .as(numbers)
                    .isInstanceOf(BadFileException.class)
                    .hasMessageContaining("\"w\"");
        }
        var file = Files.write(folder.resolve("m.onnx"), withExternal("gone.bin", "0", "24"));
        assertThatThrownBy(() -> OnnxReader.read(file))
                .hasMessageContaining("gone.bin\" with the values of the tensor" + " \"w\" is missing");
    }

    @Test
    void metadataThatIsOursIsReadAndChecked() throws IOException {
        var preprocessing = "{\"crop\":1.0,\"resize\":\"legacy\",\"mean\":[0,0,0],\"std\":[1,1,1]}";
        var b = OnnxBuilder.pytorch(17).metadata("format", "mobilenet4j").metadata("labels", "[\"a\",\"b\"]");
        var x = b.input(-1, 2);
        var model =
                OnnxReader.read(NAME, b.metadata("preprocessing", preprocessing).build(b.node("Relu", x)));
        assertThat(model.labels()).containsExactly("a", "b");
        assertThat(model.preprocessing().crop()).isEqualTo(1);

        for (var labels : List.of("[\"a\"]", "[1,2]", "{", "null")) {
            var bad = OnnxBuilder.pytorch(17).metadata("format", "mobilenet4j").metadata("labels", labels);
            var y = bad.input(-1, 2);
            refused(bad.metadata("preprocessing", preprocessing).build(bad.node("Relu", y)), "label");
        }
        var none = OnnxBuilder.pytorch(17).metadata("format", "mobilenet4j");
        refused(none.build(none.node("Relu", none.input(-1, 2))), "lacks \"preprocessing\"");
    }
}
