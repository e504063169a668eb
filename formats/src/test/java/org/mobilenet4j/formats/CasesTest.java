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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;

/// Small files with the idioms of other programs, which are computed as their own runtimes compute them.
class CasesTest {
    private static final SessionOptions PLAIN = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);

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
        var actual = Session.open(model, PLAIN).run(ours(model, range), 1);
        // One sigmoid of Keras's becomes two probabilities.
        var compared = actual.length == 2 && expected.length == 1 ? new float[] {actual[1]} : actual;
        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(compared).containsExactly(expected, within(2e-5f * largest));
    }

    @ParameterizedTest
    @CsvSource({
        "act_sigmoid, signed",
        "avgpool_whole, signed",
        "bn_as_mul_add, signed",
        "dense_on_map, signed",
        "grey, signed",
        "ingraph_norm_sub_div, unit",
        "kws_conv_strides_2x1, signed",
        "nhwc_tf2onnx, signed",
        "plain, signed",
        "reducemean18, signed",
        "reducemean_matmul_add, signed",
        "relu6_max_min, signed",
        "sigmoid_one, signed",
        "softmax11_map, signed",
        "weights_reshaped, signed",
    })
    void onnx(String name, String range) throws IOException, OrtException {
        var file = SharedFiles.cases("formats/onnx/" + name + ".onnx");
        var model = ModelFormats.read(file);
        try (var oracle = OnnxOracle.open(Files.readAllBytes(file), model.network())) {
            check(model, range, oracle.run(raw(model, range), 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "act_logistic, signed",
        "bn_mul_add, signed",
        "conv_strides_2x1, signed",
        "dense_keeps_dims, signed",
        "dense_on_map, signed",
        "hub_mul_sub, unit",
        "kws_pool_10x5, signed",
        "logits, signed",
        "plain, signed",
        "reshape_first, signed",
        "reshape_of_shape, signed",
        "sigmoid_one, signed",
    })
    void tflite(String name, String range) throws IOException {
        var file = SharedFiles.cases("formats/tflite/" + name + ".tflite");
        var model = ModelFormats.read(file);
        check(model, range, new TfliteOracle(file, false).run(raw(model, range)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8_hub_mul_sub", "kws_pool_10x5_int8"})
    void integersOfTflite(String name) throws IOException {
        var file = SharedFiles.cases("formats/tflite/" + name + ".tflite");
        var model = ModelFormats.read(file);
        var pixels = new byte[model.network().input().elements()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) pixel(i);
        }
        var expected = new TfliteOracle(file, false).run(pixels);
        assertThat(IntegerRun.run(model, pixels, PLAIN)).containsExactly(expected);
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
    @CsvSource(
            delimiter = '|',
            value = {
                "tfjs/lambda_preprocess/model.json | holds Python code",
                "tfjs/relu_threshold/model.json | threshold",
            })
    void refused(String name, String reason) {
        Path file = SharedFiles.cases("formats/" + name);
        assertThatThrownBy(() -> ModelFormats.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(reason);
    }
}
