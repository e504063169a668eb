package org.mobilenet4j.formats.tflite.read;

import com.google.flatbuffers.FlexBuffersBuilder;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.stream.Stream;
import org.mobilenet4j.formats.TfliteBuilder;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.TensorType;

/// Writes a detector of two feature maps, 4x4 and 2x2, with one anchor for each pixel and two classes.
final class TfliteDetectorFile {
    private static final String END = "TFLite_Detection_PostProcess";
    static final int ANCHORS = 20;

    private final Random random = new Random(8);
    private final TfliteBuilder builder = new TfliteBuilder();
    int type = TensorType.FLOAT32;

    /// How converters write the same.
    boolean hasSigmoidOfEach;

    boolean hasColumn;
    int axis = 1;

    /// Whether the predictions are the outputs, and in which order.
    boolean isRaw;

    boolean isSwapped;

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

    interface Replacing {
        boolean put(String name, FlexBuffersBuilder options);
    }

    static byte[] options(int classes) {
        return options(classes, (_, _) -> false);
    }

    /// @param replaces writes the option with this name in another way, or not at all, and says so
    static byte[] options(int classes, Replacing replaces) {
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

    byte[] file(byte[] options) {
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
            var plain = new TfliteDetectorFile();
            plain.type = type;
            var raw = new TfliteDetectorFile();
            raw.type = type;
            raw.isRaw = true;
            return Stream.of(plain.file(options(2)), raw.file(options(2)));
        });
    }
}
