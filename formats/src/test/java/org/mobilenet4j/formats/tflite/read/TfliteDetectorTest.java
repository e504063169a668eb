package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.flatbuffers.FlexBuffersBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.TfliteBuilder;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.TensorType;

/// Detectors of two feature maps, 4x4 and 2x2, with one anchor for each pixel and two classes.
class TfliteDetectorTest {
    private static final String END = "TFLite_Detection_PostProcess";
    private static final int ANCHORS = 20;

    private final Random random = new Random(8);
    private final TfliteBuilder builder = new TfliteBuilder();
    private int type = TensorType.FLOAT32;

    /// How converters write the same.
    private boolean hasSigmoidOfEach;

    private boolean hasColumn;
    private int axis = 1;

    /// Whether the predictions are the outputs, and in which order.
    private boolean isRaw;

    private boolean isSwapped;

    private int map(String name, float scale, int zeroPoint, int... dims) {
        int map = builder.tensor(name, type, new byte[0], dims);
        return type == TensorType.FLOAT32
                ? map
                : builder.quantize(
                        map, new float[] {scale}, new long[] {zeroPoint - (type == TensorType.INT8 ? 128 : 0)}, 0);
    }

    private int kernel(int outputs, int inputs) {
        var values = new float[outputs * inputs];
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) random.nextInt(-60, 60);
            values[i] = bytes[i] * 0.02f;
        }
        if (type == TensorType.FLOAT32) {
            return builder.floats("kernel", values, outputs, 1, 1, inputs);
        }
        for (int i = 0; i < bytes.length && type == TensorType.UINT8; i++) {
            bytes[i] += (byte) 128;
        }
        int kernel = builder.tensor("kernel", type, bytes, outputs, 1, 1, inputs);
        return builder.quantize(kernel, new float[] {0.02f}, new long[] {type == TensorType.INT8 ? 0 : 128}, 0);
    }

    private int conv(int input, int inputs, int outputs, int side, int stride, float scale) {
        int output = map("map", scale, 110, 1, side, side, outputs);
        return builder.conv(
                input, kernel(outputs, inputs), -1, output, Padding.VALID, stride, stride, ActivationFunctionType.NONE);
    }

    private int rows(int map, int rows, int width, float scale) {
        var dims = hasColumn && width == 4 ? new int[] {1, rows, 1, width} : new int[] {1, rows, width};
        int shape = builder.ints("shape", dims, dims.length);
        int reshaped = builder.plain(BuiltinOperator.RESHAPE, map("rows", scale, 110, dims), map, shape);
        boolean isScore = width == 3;
        return hasSigmoidOfEach && isScore
                ? builder.plain(BuiltinOperator.LOGISTIC, map("sigmoid", 1 / 256f, 0, dims), reshaped)
                : reshaped;
    }

    private interface Replacing {
        boolean put(String name, FlexBuffersBuilder options);
    }

    private byte[] options(int classes) {
        return options(classes, (_, _) -> false);
    }

    /// @param replaces writes the option with this name in another way, or not at all, and says so
    private byte[] options(int classes, Replacing replaces) {
        var options = new FlexBuffersBuilder();
        int start = options.startMap();
        var values = new LinkedHashMap<String, Number>();
        values.put("max_detections", 10);
        values.put("max_classes_per_detection", 1);
        values.put("nms_score_threshold", 0.01);
        values.put("nms_iou_threshold", 0.6);
        values.put("num_classes", classes);
        values.put("y_scale", 10.0);
        values.put("x_scale", 10.0);
        values.put("h_scale", 5.0);
        values.put("w_scale", 5.0);
        values.forEach((name, value) -> {
            if (replaces.put(name, options)) {
                return;
            }
            if (value instanceof Integer whole) {
                options.putInt(name, whole);
            } else {
                options.putFloat(name, value.doubleValue());
            }
        });
        options.putBoolean("use_regular_nms", false);
        options.endMap(null, start);
        var bytes = options.finish();
        var all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }

    private byte[] file(byte[] options) {
        int input = map("input", 1 / 128f, 128, 1, 4, 4, 3);
        int large = conv(input, 3, 4, 4, 1, 0.05f);
        int small = conv(large, 4, 5, 2, 2, 0.06f);
        int boxes1 = rows(conv(large, 4, 4, 4, 1, 0.1f), 16, 4, 0.1f);
        int scores1 = rows(conv(large, 4, 3, 4, 1, 0.07f), 16, 3, 0.07f);
        int boxes2 = rows(conv(small, 5, 4, 2, 1, 0.05f), 4, 4, 0.05f);
        int scores2 = rows(conv(small, 5, 3, 2, 1, 0.07f), 4, 3, 0.07f);
        var column = hasColumn ? new int[] {1, ANCHORS, 1, 4} : new int[] {1, ANCHORS, 4};
        int boxes = builder.concatenate(axis, map("boxes", 0.1f, 110, column), boxes1, boxes2);
        if (hasColumn) {
            boxes = builder.plain(BuiltinOperator.SQUEEZE, map("squeezed", 0.1f, 110, 1, ANCHORS, 4), boxes);
        }
        float scale = hasSigmoidOfEach ? 1 / 256f : 0.07f;
        int scores = builder.concatenate(
                1, map("scores", scale, hasSigmoidOfEach ? 0 : 110, 1, ANCHORS, 3), scores1, scores2);
        if (!hasSigmoidOfEach) {
            scores = builder.plain(BuiltinOperator.LOGISTIC, map("probabilities", 1 / 256f, 0, 1, ANCHORS, 3), scores);
        }
        var values = new float[ANCHORS * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 100f;
        }
        int anchors = builder.floats("anchors", values, ANCHORS, 4);
        if (isRaw) {
            return builder.build(input, isSwapped ? scores : boxes, isSwapped ? boxes : scores);
        }
        int found = builder.map("found");
        builder.custom(END, options, found, boxes, scores, anchors);
        return builder.build(input, found);
    }

    /// Detectors of all types, with post-processing and without.
    static Stream<byte[]> files() {
        return Stream.of(TensorType.FLOAT32, TensorType.UINT8, TensorType.INT8).flatMap(type -> {
            var plain = new TfliteDetectorTest();
            plain.type = type;
            var raw = new TfliteDetectorTest();
            raw.type = type;
            raw.isRaw = true;
            return Stream.of(plain.file(plain.options(2)), raw.file(raw.options(2)));
        });
    }

    private static Model read(byte[] bytes) throws IOException {
        return TfliteReader.read(Path.of("d.tflite"), MemorySegment.ofArray(bytes));
    }

    private static float[] image() {
        var image = new float[48];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i * 7 % 48 - 24) / 25f;
        }
        return image;
    }

    @Test
    void boxesAndScoresBecomeOneVector() throws IOException {
        var model = read(file(options(2)));

        assertThat(model.outputs()).isEqualTo(Outputs.DETECTIONS);
        var boxes = model.boxes().orElseThrow();
        assertThat(boxes.maps()).containsExactly(16, 4);
        assertThat(boxes.classes()).isEqualTo(2);
        assertThat(boxes.hasBackground()).isTrue();
        assertThat(boxes.meaning()).isEqualTo(BoxOutputs.Scores.LOGITS);
        assertThat(boxes.scales()).containsExactly(10f, 10f, 5f, 5f);
        assertThat(boxes.suppression().limit()).isEqualTo(10);
        assertThat(boxes.suppression().isPerClass()).isFalse();
        assertThat(boxes.suppression().maxOverlap()).isEqualTo(0.6f);
        assertThat(boxes.anchors().get(17)).isEqualTo(0.17f);
        assertThat(model.preprocessing().crop()).isEqualTo(1);
        assertThat(model.network().output().channels()).isEqualTo(20 * 7);
        assertThat(Session.open(model).run(image(), 1)).containsExactly(expected(model), within(1e-5f));
    }

    /// The convolutions of one tap, in plain loops.
    private static float[] expected(Model model) {
        var weights = new ArrayList<float[]>();
        model.network().parameters().keySet().stream()
                .filter(name -> name.endsWith("/kernel"))
                .forEach(name -> weights.add(model.weights().get(name).toArray()));
        var large = conv(image(), 3, weights.get(0), 4);
        // In the order of the network: the predictors of the first map, then the second map and its predictors.
        var boxes1 = conv(large, 4, weights.get(1), 4);
        var scores1 = conv(large, 4, weights.get(2), 3);
        var strided = new float[16];
        for (int i = 0; i < 16; i++) {
            int pixel = i / 4;
            strided[i] = large[(pixel / 2 * 8 + pixel % 2 * 2) * 4 + i % 4];
        }
        var small = conv(strided, 4, weights.get(3), 5);
        var all = new ArrayList<Float>();
        for (var part :
                List.of(boxes1, scores1, conv(small, 5, weights.get(4), 4), conv(small, 5, weights.get(5), 3))) {
            for (float value : part) {
                all.add(value);
            }
        }
        var result = new float[all.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = all.get(i);
        }
        return result;
    }

    private static float[] conv(float[] map, int inputs, float[] kernel, int outputs) {
        var result = new float[map.length / inputs * outputs];
        for (int pixel = 0; pixel < map.length / inputs; pixel++) {
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    result[pixel * outputs + o] += map[pixel * inputs + i] * kernel[i * outputs + o];
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource({"true, false, 1", "false, true, 1", "true, true, -3", "false, false, -2"})
    void convertersWriteItInManyWays(boolean isEach, boolean isColumn, int along) throws IOException {
        var plain = read(file(options(2)));
        var other = new TfliteDetectorTest();
        other.hasSigmoidOfEach = isEach;
        other.hasColumn = isColumn;
        other.axis = along;

        var model = read(other.file(options(2)));

        assertThat(model.boxes().orElseThrow().meaning()).isEqualTo(BoxOutputs.Scores.LOGITS);
        assertThat(Session.open(model).run(image(), 1))
                .containsExactly(Session.open(plain).run(image(), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {TensorType.UINT8, TensorType.INT8})
    void integersKeepTheScalesOfBoxesAndScores(int given) throws IOException {
        var exact = Session.open(read(file(options(2)))).run(image(), 1);
        var quantized = new TfliteDetectorTest();
        quantized.type = given;

        var model = read(quantized.file(options(2)));

        assertThat(model.boxes().orElseThrow().meaning()).isEqualTo(BoxOutputs.Scores.PROBABILITIES);
        for (var kernels : SessionOptions.Kernels.values()) {
            var results = Session.open(model, SessionOptions.DEFAULT.withKernels(kernels))
                    .run(image(), 1);
            for (int i = 0; i < results.length; i++) {
                boolean isBox = i < 64 || (i >= 112 && i < 128);
                if (isBox) {
                    assertThat(results[i] / 0.1f).isCloseTo(Math.round(results[i] / 0.1f), within(1e-3f));
                    // A map of half the scale has half the range.
                    float range = i < 64 ? 1 : 0.5f;
                    float clamped = Math.clamp(exact[i], -11 * range, 14.5f * range);
                    assertThat(results[i]).isCloseTo(clamped, within(0.35f));
                } else {
                    assertThat(results[i] * 256).isEqualTo(Math.round(results[i] * 256));
                    assertThat(results[i]).isCloseTo((float) (1 / (1 + Math.exp(-exact[i]))), within(0.08f));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 9", "true, 3"})
    void rawPredictionsMayBeTheOutputs(boolean swaps, int given, @TempDir Path folder) throws IOException {
        var plain = new TfliteDetectorTest();
        plain.type = given;
        var raw = new TfliteDetectorTest();
        raw.type = given;
        raw.isRaw = true;
        raw.isSwapped = swaps;
        var file = folder.resolve("d.tflite");
        Files.write(file, raw.file(options(2)));
        assertThatThrownBy(() -> TfliteReader.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContainingAll("has 20 boxes of feature maps of 4x4, 2x2, but no anchors", "anchors.csv")
                .hasMessageNotContaining("\n");
        Files.writeString(folder.resolve("anchors.csv"), "0.5,0.25,1,2\n".repeat(ANCHORS));

        var model = TfliteReader.read(file);

        var boxes = model.boxes().orElseThrow();
        assertThat(boxes.anchors().get(77)).isEqualTo(0.25f);
        assertThat(boxes.classes()).isEqualTo(2);
        assertThat(boxes.meaning()).isEqualTo(given == 0 ? BoxOutputs.Scores.LOGITS : BoxOutputs.Scores.PROBABILITIES);
        assertThat(model.assumptions()).containsKey("boxes");
        assertThat(Session.open(model).run(image(), 1))
                .containsExactly(Session.open(read(plain.file(options(2)))).run(image(), 1));
    }

    @Test
    void labelsLieBesideIt(@TempDir Path folder) throws IOException {
        var file = folder.resolve("d.tflite");
        Files.write(file, file(options(2)));
        Files.writeString(folder.resolve("labelmap.txt"), "???\ncat\n???\n");

        var model = TfliteReader.read(file);

        assertThat(model.labels()).containsExactly("cat", "???");
        assertThat(model.label(1)).isEqualTo("class 1");
    }

    @Test
    void saysWhatDoesNotFit() {
        refused(file(options(5)), "3 scores of each anchor for 5 classes");
        refused(new TfliteDetectorTest().file(new byte[] {1, 2, 3}), "options");
        refused(new TfliteDetectorTest().file(new byte[0]), "options are missing");
    }

    private static void refused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith("d.tflite: ")
                .hasMessageContainingAll(parts);
    }

    @ParameterizedTest
    @CsvSource({
        "max_detections, -1",
        "max_detections, 0",
        "max_detections, 99999999999",
        "max_classes_per_detection, 0",
        "nms_score_threshold, NaN",
        "nms_iou_threshold, NaN",
        "nms_iou_threshold, -0.5",
        "nms_iou_threshold, 2",
        "num_classes, -3",
        "num_classes, 10000000",
        "y_scale, 0",
        "y_scale, NaN",
        "h_scale, -5",
        "w_scale, Infinity",
        "x_scale, text",
        "num_classes, text",
        "w_scale, none",
        "nms_iou_threshold, none"
    })
    void oddOptionsAreRefusedInOneLine(String name, String value) {
        var options = options(2, (other, to) -> {
            if (!other.equals(name)) {
                return false;
            }
            switch (value) {
                case "text" -> to.putString(name, "two");
                case "none" -> {}
                default -> {
                    if (value.matches("-?\\d+")) {
                        to.putInt(name, Long.parseLong(value));
                    } else {
                        to.putFloat(name, Double.parseDouble(value));
                    }
                }
            }
            return true;
        });

        assertThatThrownBy(() -> read(file(options)))
                .isInstanceOf(BadFileException.class)
                .hasMessageNotContaining("\n");
    }

    /// An integer may be written as a float, and a float as an integer.
    @Test
    void numbersMayBeOfAnyKind() throws IOException {
        var options = options(2, (name, to) -> {
            switch (name) {
                case "max_detections" -> to.putFloat(name, 10.0);
                case "y_scale" -> to.putInt(name, 10);
                default -> {
                    return false;
                }
            }
            return true;
        });

        var boxes = read(file(options)).boxes().orElseThrow();

        assertThat(boxes.suppression().limit()).isEqualTo(10);
        assertThat(boxes.scales()).startsWith(10f);
    }

    @Test
    void damagedOptionsAreRefusedInOneLine() {
        var options = options(2);
        var some = new Random(1);
        for (int run = 0; run < 300; run++) {
            var damaged = Arrays.copyOf(options, options.length);
            for (int i = 0; i < 3; i++) {
                damaged[some.nextInt(damaged.length)] = (byte) some.nextInt();
            }
            try {
                read(new TfliteDetectorTest().file(damaged));
            } catch (IOException e) {
                assertThat(e).isInstanceOf(BadFileException.class);
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
    }
}
