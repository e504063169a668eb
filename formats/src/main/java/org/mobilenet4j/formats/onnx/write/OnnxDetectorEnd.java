package org.mobilenet4j.formats.onnx.write;

import static org.mobilenet4j.formats.onnx.OnnxProtos.number;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.formats.graph.DetectorHeads;
import org.mobilenet4j.formats.onnx.OnnxNames;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.model.BoxOutputs;

/// The end of a detector: box encodings, `N x anchors x 4`, and probabilities of classes, `N x anchors x scores`, the
/// background first if there is one. Both are the graph's outputs, with the anchors (a row `cy, cx, h, w` for each)
/// for those who decode them ([BoxOutputs] says how); or [OnnxSuppression] goes on from there.
final class OnnxDetectorEnd {
    private final DetectorHeads heads;
    private final BoxOutputs boxes;
    private final OnnxValues values;

    /// @throws IllegalArgumentException if the network does not end in boxes and scores of several maps
    OnnxDetectorEnd(Network network, BoxOutputs boxes, OnnxValues values) {
        this.heads = DetectorHeads.of(network, boxes);
        this.boxes = boxes;
        this.values = values;
    }

    /// Whether `node` belongs to the end.
    boolean joins(Node node) {
        return heads.joins().contains(node.id());
    }

    /// Adds the box encodings.
    String encodings() {
        return rows(OnnxNames.ENCODINGS, heads.boxes(), BoxOutputs.VALUES);
    }

    /// Adds the probabilities of the classes.
    String probabilities() {
        var rows = OnnxNames.SCORES + "/rows";
        return switch (boxes.meaning()) {
            case PROBABILITIES -> rows(OnnxNames.SCORES, heads.scores(), boxes.scores());
            case LOGITS ->
                values.node("Sigmoid", OnnxNames.SCORES, List.of(rows(rows, heads.scores(), boxes.scores())));
            case EXCLUSIVE_LOGITS ->
                values.node(
                        "Softmax",
                        OnnxNames.SCORES,
                        List.of(rows(rows, heads.scores(), boxes.scores())),
                        number("axis", 2));
        };
    }

    /// Adds the anchors as an output of the graph.
    String anchors() {
        var anchors = boxes.anchors();
        var given = values.constant(OnnxProtos.floats(OnnxNames.ANCHORS + "/given", anchors.toArray(), anchors.dims()));
        return values.node("Identity", OnnxNames.ANCHORS, List.of(given));
    }

    /// The rows of all maps, one below the other.
    private String rows(String name, List<Integer> parts, int width) {
        var rows = new ArrayList<String>();
        for (int i = 0; i < parts.size(); i++) {
            int part = parts.get(i);
            var own = name + "/" + (i + 1);
            var ordered = values.isVector(part)
                    ? values.vector(part)
                    : values.transpose(own + "/nhwc", values.map(part), 0, 2, 3, 1);
            rows.add(values.reshape(own, ordered, 0, boxes.maps().get(i), width));
        }
        return values.node("Concat", name, rows, number("axis", 1));
    }
}
