package org.mobilenet4j.formats.onnx.write;

import static org.mobilenet4j.formats.onnx.OnnxProtos.number;
import static org.mobilenet4j.formats.onnx.OnnxProtos.numbers;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.mobilenet4j.formats.onnx.OnnxNames;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.model.BoxOutputs;

/// Decodes boxes and suppresses those that overlap better ones, by `NonMaximumSuppression`, for one image: what is left
/// are boxes (`y0, x0, y1, x1`, the sides of the image being 1), probabilities and classes, the best first.
///
/// Unlike here, the operator drops scores that equal the least one, and knows one class for each box.
final class OnnxSuppression {
    private static final String AT = "suppression/";

    private final BoxOutputs boxes;
    private final OnnxValues values;

    OnnxSuppression(BoxOutputs boxes, OnnxValues values) {
        this.boxes = boxes;
        this.values = values;
    }

    /// Adds the outputs [OnnxNames#BOXES], [OnnxNames#PROBABILITIES] and [OnnxNames#CLASSES].
    void add(String encodings, String probabilities) {
        var limits = boxes.suppression();
        var corners = corners(encodings);
        var scores = withoutBackground(probabilities);
        var ranked = limits.isPerClass()
                ? scores
                : values.node("ReduceMax", AT + "best", List.of(scores), numbers("axes", 2), number("keepdims", 1));
        var byClass = values.transpose(AT + "by_class", ranked, 0, 2, 1);
        var kept = values.node(
                "NonMaxSuppression",
                AT + "kept",
                List.of(
                        corners,
                        byClass,
                        whole("most", limits.isPerClass() ? limits.limitPerClass() : limits.limit()),
                        scalar("overlap", limits.maxOverlap()),
                        scalar("least", limits.minScore())));
        var keptScores = values.node("GatherND", AT + "kept_scores", List.of(byClass, kept));
        var count = values.node(
                "Min",
                AT + "count",
                List.of(values.node("Shape", AT + "found", List.of(keptScores)), whole("limit", limits.limit())));
        var best = values.nodes("TopK", AT + "order", List.of(keptScores, count), OnnxNames.PROBABILITIES, AT + "at")
                .getLast();
        var anchors = column(kept, 2, best, "anchor");
        values.node("Gather", OnnxNames.BOXES, List.of(oneImage(corners, "boxes"), anchors), number("axis", 0));
        if (limits.isPerClass()) {
            values.node("Identity", OnnxNames.CLASSES, List.of(column(kept, 1, best, "class")));
        } else {
            var classes =
                    values.node("ArgMax", AT + "classes", List.of(scores), number("axis", 2), number("keepdims", 0));
            values.node("Gather", OnnxNames.CLASSES, List.of(oneImage(classes, "class"), anchors), number("axis", 0));
        }
    }

    /// One of the three numbers of each box that is left (image, class, anchor), in order of the scores.
    private String column(String kept, int column, String order, String name) {
        var all = values.node(
                "Gather", AT + name + "_all", List.of(kept, index(name + "_column", column)), number("axis", 1));
        return values.node("Gather", AT + name, List.of(all, order), number("axis", 0));
    }

    private String oneImage(String of, String name) {
        return values.node("Squeeze", AT + name + "_only", List.of(of, whole(name + "_axis", 0)));
    }

    private String withoutBackground(String probabilities) {
        return boxes.hasBackground()
                ? values.node(
                        "Slice",
                        AT + "scores",
                        List.of(probabilities, whole("first", 1), whole("end", boxes.scores()), whole("score_axis", 2)))
                : probabilities;
    }

    /// The edges of all boxes, `N x anchors x 4`.
    private String corners(String encodings) {
        var parts = values.nodes(
                "Split",
                AT + "split",
                List.of(encodings, values.constant(OnnxProtos.wholes(AT + "sizes", 1, 1, 1, 1))),
                AT + "ty",
                AT + "tx",
                AT + "th",
                AT + "tw");
        var centers = new String[2];
        var halves = new String[2];
        for (int i = 0; i < 2; i++) {
            int side = i;
            var axis = i == 0 ? "y" : "x";
            float scale = boxes.scales().get(i);
            float stretch = boxes.scales().get(2 + i);
            var moved = times(parts.get(i), axis + "_step", anchor -> value(anchor, 2 + side) / scale);
            centers[i] = values.node(
                    "Add", AT + axis, List.of(moved, column(axis + "_center", anchor -> value(anchor, side))));
            var log = times(parts.get(2 + i), axis + "_log", _ -> 1 / stretch);
            var ratio = values.node("Exp", AT + axis + "_ratio", List.of(log));
            halves[i] = times(ratio, axis + "_half", anchor -> value(anchor, 2 + side) / 2);
        }
        return values.node(
                "Concat",
                AT + "corners",
                List.of(
                        values.node("Sub", AT + "y0", List.of(centers[0], halves[0])),
                        values.node("Sub", AT + "x0", List.of(centers[1], halves[1])),
                        values.node("Add", AT + "y1", List.of(centers[0], halves[0])),
                        values.node("Add", AT + "x1", List.of(centers[1], halves[1]))),
                number("axis", 2));
    }

    private double value(int anchor, int place) {
        return boxes.anchors().get(anchor * BoxOutputs.VALUES + place);
    }

    private String times(String value, String name, IntToDoubleFunction factors) {
        return values.node("Mul", AT + name, List.of(value, column(name + "_factor", factors)));
    }

    /// A constant for each anchor, `1 x anchors x 1`.
    private String column(String name, IntToDoubleFunction of) {
        var all = new float[boxes.count()];
        for (int anchor = 0; anchor < all.length; anchor++) {
            all[anchor] = (float) of.applyAsDouble(anchor);
        }
        return values.constant(OnnxProtos.floats(AT + name, all, List.of(1, all.length, 1)));
    }

    private String whole(String name, int value) {
        return values.constant(OnnxProtos.wholes(AT + name, value));
    }

    private String index(String name, int value) {
        return values.constant(OnnxProtos.whole(AT + name, value));
    }

    private String scalar(String name, float value) {
        return values.constant(OnnxProtos.floats(AT + name, new float[] {value}, List.of(1)));
    }
}
