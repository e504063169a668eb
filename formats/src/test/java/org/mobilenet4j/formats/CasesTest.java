package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;

/// Small files with the idioms of other programs, which are computed as their own runtimes compute them.
class CasesTest {
    private static final SessionOptions PLAIN = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);

    /// Names, and what the file takes for pixels.
    static final List<String> ONNX = List.of(
            "act_elu signed",
            "act_sigmoid signed",
            "act_tanh signed",
            "avgpool_whole signed",
            "bn_as_mul_add signed",
            "dense_on_map signed",
            "grey signed",
            "ingraph_norm_sub_div unit",
            "kws_conv_strides_2x1 signed",
            "nhwc_tf2onnx signed",
            "plain signed",
            "reducemean18 signed",
            "reducemean_matmul_add signed",
            "relu6_max_min signed",
            "sigmoid_one signed",
            "softmax11_map signed",
            "weights_reshaped signed");

    /// Each has a test of its own.
    static final List<String> ONNX_OTHERS =
            List.of("argmax_end", "dynamic_hw", "float16_keep_io", "logsoftmax_end", "qlinearconv", "uint8_input_cast");

    static final List<String> TFLITE = List.of(
            "act_hard_swish signed",
            "act_logistic signed",
            "act_tanh signed",
            "bn_mul_add signed",
            "conv_strides_2x1 signed",
            "dense_keeps_dims signed",
            "dense_on_map signed",
            "hub_mul_sub unit",
            "kws_pool_10x5 signed",
            "logits signed",
            "plain signed",
            "reshape_first signed",
            "reshape_of_shape signed",
            "sigmoid_one signed");

    static final List<String> TFLITE_INTEGERS = List.of(
            "int8_hub_mul_sub",
            "kws_pool_10x5_int8",
            "uint8_metadata_mean0_std1",
            "uint8_metadata_mean127_std127",
            "uint8_no_metadata");

    static final List<String> TORCH = List.of("dataparallel_prefix", "features_names", "sequential_names");

    /// Files, and a part of the reason.
    static final List<String> REFUSED = List.of(
            "README.md is a text, not a model",
            "lfs_pointer.tflite is a Git LFS pointer",
            "tfjs/lambda_preprocess/model.json holds Python code",
            "tfjs/relu_threshold/model.json threshold");

    private static int pixel(int index) {
        return (index * 37 + 11) % 256;
    }

    /// What a file takes for the pixels: as they are, from 0 to 1, or from -1 to 1.
    private static float[] raw(Model model, String range) {
        var values = new float[model.network().input().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (range) {
                case "bytes" -> pixel(i);
                case "unit" -> pixel(i) / 255f;
                default -> pixel(i) / 127.5f - 1;
            };
        }
        return values;
    }

    /// What the network takes: the same where the file scales nothing, else what its preprocessing makes of pixels.
    private static float[] ours(Model model, String range) {
        if (range.equals("signed")) {
            return raw(model, range);
        }
        var normalization = model.preprocessing().normalization();
        int channels = model.network().input().channels();
        var values = new float[model.network().input().elements()];
        for (int i = 0; i < values.length; i++) {
            int c = i % channels;
            values[i] = (pixel(i) / 255f - normalization.mean().get(c))
                    / normalization.std().get(c);
        }
        return values;
    }

    private static void check(Model model, String range, float[] expected) {
        check(model, range, expected, 2e-5f);
    }

    /// @param tolerance relative to the largest output, but at least to 1
    private static void check(Model model, String range, float[] expected, float tolerance) {
        var actual = Session.open(model, PLAIN).run(ours(model, range), 1);
        // One sigmoid of Keras's becomes two probabilities.
        var compared = actual.length == 2 && expected.length == 1 ? new float[] {actual[1]} : actual;
        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(compared).containsExactly(expected, within(tolerance * largest));
    }

    @ParameterizedTest
    @FieldSource("ONNX")
    void onnx(String line) throws IOException, OrtException {
        var name = line.split(" ", -1)[0];
        var range = line.split(" ", -1)[1];
        var file = onnxFile(name);
        var model = ModelFormats.read(file);
        try (var oracle = OnnxOracle.open(Files.readAllBytes(file), model.network())) {
            check(model, range, oracle.run(raw(model, range), 1));
        }
    }

    /// ONNX Runtime computes with halves where the file says so, and we with floats.
    @Test
    void halves() throws IOException, OrtException {
        var file = onnxFile("float16_keep_io");
        var model = ModelFormats.read(file);
        try (var oracle = OnnxOracle.open(Files.readAllBytes(file), model.network())) {
            check(model, "signed", oracle.run(raw(model, "signed"), 1), 3e-3f);
        }
    }

    /// Some of its layers are quantized and some are not, so that we compute with floats: within its scales' steps.
    @Test
    void integersInPartsOfTheGraph() throws IOException, OrtException {
        var file = onnxFile("qlinearconv");
        var model = ModelFormats.read(file);
        try (var oracle = OnnxOracle.open(Files.readAllBytes(file), model.network())) {
            check(model, "signed", oracle.run(raw(model, "signed"), 1), 3e-2f);
        }
    }

    @Test
    void bytesAtTheInput() throws IOException, OrtException {
        var file = onnxFile("uint8_input_cast");
        var model = ModelFormats.read(file);
        try (var oracle = OnnxOracle.open(Files.readAllBytes(file), model.network())) {
            check(model, "bytes", oracle.answer(pixels(model)));
        }
    }

    /// The scores themselves, the largest of which the file answers.
    @Test
    void choiceAtTheEnd() throws IOException, OrtException {
        var file = onnxFile("argmax_end");
        var model = ModelFormats.read(file);
        assertThat(model.notes().get("outputs")).startsWith("the scores");
        var scores = Session.open(model, PLAIN).run(raw(model, "signed"), 1);
        int largest = 0;
        for (int i = 0; i < scores.length; i++) {
            largest = scores[i] > scores[largest] ? i : largest;
        }
        try (var oracle = OnnxOracle.open(Files.readAllBytes(file), model.network())) {
            assertThat(oracle.choice(raw(model, "signed"))).containsExactly(largest);
        }
    }

    /// The probabilities, the logarithms of which the file answers.
    @Test
    void logarithmsAtTheEnd() throws IOException, OrtException {
        var file = onnxFile("logsoftmax_end");
        var model = ModelFormats.read(file);
        assertThat(model.notes().get("outputs")).startsWith("probabilities");
        try (var oracle = OnnxOracle.open(Files.readAllBytes(file), model.network())) {
            check(model, "signed", powers(oracle.run(raw(model, "signed"), 1)));
        }
        var lite = SharedFiles.cases("formats/tflite/logsoftmax_end.tflite");
        var other = ModelFormats.read(lite);
        assertThat(other.notes().get("outputs")).startsWith("probabilities");
        check(other, "signed", powers(new TfliteOracle(lite, false).run(raw(other, "signed"))));
    }

    private static float[] powers(float[] logarithms) {
        var all = new float[logarithms.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) Math.exp(logarithms[i]);
        }
        return all;
    }

    /// Of 224, unless another size is asked for.
    @Test
    void openSize() throws IOException, OrtException {
        var file = onnxFile("dynamic_hw");
        var model = ModelFormats.read(file);
        assertThat(model.notes()).containsEntry("input", "224x224x3, assumed: the file leaves the size open");
        for (var sized : List.of(model, model.withResolution(48))) {
            try (var oracle = OnnxOracle.open(Files.readAllBytes(file), sized.network())) {
                check(sized, "signed", oracle.run(raw(sized, "signed"), 1));
            }
        }
    }

    private static Path onnxFile(String name) {
        return SharedFiles.cases("formats/onnx/" + name + ".onnx");
    }

    private static byte[] pixels(Model model) {
        var pixels = new byte[model.network().input().elements()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) pixel(i);
        }
        return pixels;
    }

    @ParameterizedTest
    @FieldSource("TFLITE")
    void tflite(String line) throws IOException {
        var range = line.split(" ", -1)[1];
        var file = SharedFiles.cases("formats/tflite/" + line.split(" ", -1)[0] + ".tflite");
        var model = ModelFormats.read(file);
        check(model, range, new TfliteOracle(file, false).run(raw(model, range)));
    }

    @ParameterizedTest
    @FieldSource("TFLITE_INTEGERS")
    void integersOfTflite(String name) throws IOException {
        var file = SharedFiles.cases("formats/tflite/" + name + ".tflite");
        var model = ModelFormats.read(file);
        var expected = new TfliteOracle(file, false).run(pixels(model));
        boolean isShifted = name.startsWith("uint8"); // signed inside, between two QUANTIZE
        var input = isShifted ? shifted(pixels(model)) : pixels(model);
        var actual = IntegerRun.run(model, input, PLAIN);
        assertThat(isShifted ? shifted(actual) : actual).containsExactly(expected);
    }

    /// The same numbers as bytes with a sign, or without.
    private static byte[] shifted(byte[] values) {
        var all = new byte[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (values[i] ^ 0x80);
        }
        return all;
    }

    /// There is no PyTorch for Java; what such files hold is compared with generated ones where they are read.
    @ParameterizedTest
    @FieldSource("TORCH")
    void torch(String name) throws IOException {
        var model = ModelFormats.read(SharedFiles.cases("formats/torch/" + name + ".safetensors"));
        assertThat(Session.open(model, PLAIN).run(raw(model, "signed"), 1)).doesNotContain(Float.NaN);
    }

    /// A file that no test names fails this one.
    @Test
    void everyFileIsTried() throws IOException {
        var named = new TreeSet<String>();
        Stream.concat(ONNX.stream(), ONNX_OTHERS.stream())
                .forEach(line -> named.add("onnx/" + line.split(" ", -1)[0] + ".onnx"));
        Stream.of(TFLITE, TFLITE_INTEGERS, List.of("logsoftmax_end"))
                .flatMap(List::stream)
                .forEach(line -> named.add("tflite/" + line.split(" ", -1)[0] + ".tflite"));
        TORCH.forEach(name -> named.add("torch/" + name + ".safetensors"));
        tfjs().forEach(line -> named.add("tfjs/" + line.split(",", 2)[0] + "/model.json"));
        REFUSED.forEach(line -> named.add(line.split(" ", 2)[0]));
        var folder = SharedFiles.cases("formats");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .filter(name -> !name.startsWith("gen/") && !name.endsWith(".bin")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    static Stream<String> tfjs() throws IOException {
        try (var in = Objects.requireNonNull(CasesTest.class.getResourceAsStream("tfjs-cases.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource
    void tfjs(String line) throws IOException {
        var fields = List.of(line.split(",", 3));
        var model = ModelFormats.read(SharedFiles.cases("formats/tfjs/" + fields.get(0) + "/model.json"));
        var numbers = Arrays.stream(fields.get(2).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        var expected = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            expected[i] = (float) numbers[i];
        }
        check(model, fields.get(1), expected);
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void refused(String line) {
        Path file = SharedFiles.cases("formats/" + line.split(" ", 2)[0]);
        assertThatThrownBy(() -> ModelFormats.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(line.split(" ", 2)[1]);
    }
}
