package org.mobilenet4j.formats.tflite.write;

import com.google.flatbuffers.FlexBuffersBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.formats.graph.DetectorHeads;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Suppression;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

/// The end of a detector: box encodings and scores of all feature maps become rows, `1 x anchors x values`, which
/// `TFLite_Detection_PostProcess` reads together with the anchors. Its outputs are the boxes (`y0, x0, y1, x1`, the
/// sides of the photo being 1), classes and scores of the detections, and their number.
///
/// Rows are floats in a quantized file too, so that each part keeps its scale.
final class TfliteDetectorEnd {
    /// The operator's name in TFLite.
    static final String OPERATOR = "TFLite_Detection_PostProcess";

    /// The least overlap that TFLite's kernel takes; 0 is refused there.
    private static final float LEAST_OVERLAP = Float.MIN_NORMAL;

    /// Far more than a file declares; TFLite counts by itself.
    private static final long MOST_ROWS = 1 << 20;

    private final DetectorHeads heads;
    private final BoxOutputs boxes;
    private final TfliteTables tables;
    private final TfliteMoves moves;

    /// @throws IllegalArgumentException if the network does not end in boxes and scores of several maps
    TfliteDetectorEnd(Network network, BoxOutputs boxes, TfliteTables tables) {
        this.heads = DetectorHeads.of(network, boxes);
        this.boxes = boxes;
        this.tables = tables;
        this.moves = new TfliteMoves(tables);
    }

    /// Whether `node` belongs to the end.
    boolean joins(Node node) {
        return heads.joins().contains(node.id());
    }

    /// Adds the operators of the end, and returns its outputs.
    ///
    /// @param values of the network, by their ids
    List<Integer> add(IntFunction<TfliteValue> values) {
        int encodings = rows("boxes", heads.boxes(), values, BoxOutputs.VALUES);
        int scores = probabilities(rows("scores", heads.scores(), values, boxes.scores()));
        int anchors = anchors();
        int most = rows(boxes.suppression());
        var outputs = List.of(
                made(OPERATOR, 1, most, BoxOutputs.VALUES),
                made(OPERATOR + ":1", 1, most),
                made(OPERATOR + ":2", 1, most),
                made(OPERATOR + ":3", 1));
        tables.add(WrittenOperator.custom(OPERATOR, List.of(encodings, scores, anchors), outputs, options()));
        return outputs;
    }

    /// The most detections that the operator returns.
    private static int rows(Suppression limits) {
        long perBox = limits.isPerClass() ? 1 : limits.classesPerBox();
        return (int) Math.min(limits.limit() * perBox, MOST_ROWS);
    }

    private int anchors() {
        var anchors = boxes.anchors();
        var bits = new int[anchors.size()];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(anchors.get(i)));
        return tables.constant("anchors", TfliteTensorType.FLOATS, anchors.dims(), TfliteBuffer.of(bits));
    }

    private int made(String name, Integer... dims) {
        return tables.map(name, List.of(dims), TfliteTensorType.FLOATS);
    }

    /// The rows of all maps, one below the other.
    private int rows(String name, List<Integer> parts, IntFunction<TfliteValue> values, int width) {
        var rows = new ArrayList<Integer>();
        for (int i = 0; i < parts.size(); i++) {
            var own = name + "_rows_" + (i + 1);
            rows.add(moves.rows(
                    own, floats(own, values.apply(parts.get(i))), boxes.maps().get(i), width));
        }
        return rows.size() == 1
                ? rows.getFirst()
                : tables.add(WrittenOperator.concatenate(rows, made(name, 1, boxes.count(), width), 1));
    }

    private int floats(String name, TfliteValue value) {
        if (tables.stored(value.tensor()).type() == TensorType.FLOAT32) {
            return value.tensor();
        }
        int floats = tables.map(name + "_dequantize", value.dims(), TfliteTensorType.FLOATS);
        return tables.add(WrittenOperator.plain(BuiltinOperator.DEQUANTIZE, floats, value.tensor()));
    }

    private int probabilities(int scores) {
        return switch (boxes.meaning()) {
            case PROBABILITIES -> scores;
            case LOGITS ->
                tables.add(WrittenOperator.plain(
                        BuiltinOperator.LOGISTIC, made("probabilities", 1, boxes.count(), boxes.scores()), scores));
            case EXCLUSIVE_LOGITS ->
                tables.add(WrittenOperator.softmax(scores, made("probabilities", 1, boxes.count(), boxes.scores())));
        };
    }

    private byte[] options() {
        var limits = boxes.suppression();
        var to = new FlexBuffersBuilder();
        int start = to.startMap();
        to.putInt("max_detections", limits.limit());
        to.putInt("max_classes_per_detection", limits.classesPerBox());
        to.putInt("detections_per_class", limits.limitPerClass());
        to.putBoolean("use_regular_nms", limits.isPerClass());
        to.putFloat("nms_score_threshold", limits.minScore());
        to.putFloat("nms_iou_threshold", Math.max(limits.maxOverlap(), LEAST_OVERLAP));
        to.putInt("num_classes", boxes.classes());
        to.putFloat("y_scale", boxes.scales().get(0));
        to.putFloat("x_scale", boxes.scales().get(1));
        to.putFloat("h_scale", boxes.scales().get(2));
        to.putFloat("w_scale", boxes.scales().get(3));
        to.endMap(null, start);
        var bytes = to.finish();
        var all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }
}
