package org.mobilenet4j.formats.tensorflow;

import static org.mobilenet4j.formats.tensorflow.TfFiles.attribute;
import static org.mobilenet4j.formats.tensorflow.TfFiles.number;

import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Tensor;

/// Writes what a graph of the Object Detection API does to predictions: anchors, decoding, suppression class by class.
final class DetectionGraphEnd {
    private static final String GRID = "MultipleGridAnchorGenerator/";
    private static final String NMS =
            "Postprocessor/BatchMultiClassNonMaxSuppression/map/while/MultiClassNonMaxSuppression/";

    private final GraphNodes nodes;
    private final Model model;
    private final BoxOutputs boxes;
    private final String score;

    /// @param score what makes probabilities: `Sigmoid` or `Softmax`
    DetectionGraphEnd(GraphNodes nodes, Model model, String score) {
        this.nodes = nodes;
        this.model = model;
        this.boxes = model.boxes().orElseThrow();
        this.score = score;
    }

    /// @param computesAnchors whether the anchors are computed from grids, or a constant
    void write(boolean computesAnchors) {
        anchors(computesAnchors);
        postprocess();
    }

    private void anchors(boolean computesAnchors) {
        var anchors = boxes.anchors();
        if (!computesAnchors) {
            var edges = new float[anchors.size()];
            for (int i = 0; i < edges.length; i++) {
                int from = i / 4 * 4 + i % 2;
                edges[i] = anchors.get(from) + (i % 4 < 2 ? -0.5f : 0.5f) * anchors.get(from + 2);
            }
            nodes.add(TfFiles.constant("Concatenate/concat", Tensor.of(edges, boxes.count(), 4)), "");
            return;
        }
        var all = new StringBuilder();
        int first = 0;
        var maps = SsdMobileNetV1.maps(model.network());
        for (int i = 0; i < maps.size(); i++) {
            all.append(grid(i, maps.get(i).height(), maps.get(i).width(), first))
                    .append(' ');
            first += boxes.maps().get(i);
        }
        nodes.constant("Concatenate/concat/axis", 0);
        nodes.node("Concatenate/concat", "ConcatV2", all + "Concatenate/concat/axis");
    }

    /// The edges of the anchors of a map: centers on a grid, and the sides of the anchors of its first pixel.
    private String grid(int map, int height, int width, int first) {
        var at = GRID + map + "/";
        int kinds = boxes.maps().get(map) / height / width;
        var sides = new float[2 * kinds];
        for (int i = 0; i < sides.length; i++) {
            sides[i] = boxes.anchors().get((first + i / 2) * 4 + 2 + i % 2);
        }
        nodes.add(TfFiles.constant(at + "sides", Tensor.of(sides, kinds, 2)), "");
        var centers = new String[2];
        for (int k = 0; k < 2; k++) {
            int size = k == 0 ? height : width;
            var axis = at + "xy".charAt(k) + "/";
            nodes.constant(axis + "start", 0);
            nodes.constant(axis + "limit", size);
            nodes.constant(axis + "delta", 1);
            nodes.node(axis + "range", "Range", String.join(" ", axis + "start", axis + "limit", axis + "delta"));
            nodes.node(axis + "ToFloat", "Cast", axis + "range", attribute("DstT", number(6, 1)));
            nodes.constant(axis + "half", 0.5f);
            nodes.node(axis + "add", "Add", axis + "ToFloat " + axis + "half");
            nodes.constant(axis + "size", (float) size);
            nodes.node(axis + "div", "RealDiv", axis + "add " + axis + "size");
            nodes.scalar(axis + "dim", 1 - k);
            nodes.node(axis + "ExpandDims", "ExpandDims", axis + "div " + axis + "dim");
            nodes.constant(axis + "multiples", k == 0 ? 1 : height, k == 0 ? width : 1);
            nodes.node(axis + "Tile", "Tile", axis + "ExpandDims " + axis + "multiples");
            nodes.constant(axis + "flat", -1);
            centers[k] = nodes.node(axis + "Reshape", "Reshape", axis + "Tile " + axis + "flat");
        }
        nodes.node(at + "stack", "Pack", String.join(" ", centers), attribute("axis", number(3, 1)));
        nodes.scalar(at + "dim", 1);
        nodes.node(at + "ExpandDims", "ExpandDims", at + "stack " + at + "dim");
        nodes.constant(at + "multiples", 1, kinds, 1);
        nodes.node(at + "Tile", "Tile", at + "ExpandDims " + at + "multiples");
        nodes.constant(at + "pairs", -1, 2);
        nodes.node(at + "Reshape", "Reshape", at + "Tile " + at + "pairs");
        nodes.constant(at + "multiples_1", height * width, 1);
        nodes.node(at + "Tile_1", "Tile", at + "sides " + at + "multiples_1");
        nodes.constant(at + "half", 0.5f);
        nodes.node(at + "mul", "Mul", at + "half " + at + "Tile_1");
        nodes.node(at + "sub", "Sub", at + "Reshape " + at + "mul");
        nodes.node(at + "add", "Add", at + "Reshape " + at + "mul");
        nodes.constant(at + "axis", 1);
        return nodes.node(at + "concat", "ConcatV2", at + "sub " + at + "add " + at + "axis");
    }

    private void postprocess() {
        var at = "Postprocessor/";
        nodes.scalar(at + "ExpandDims/dim", 0);
        nodes.node(at + "ExpandDims", "ExpandDims", "Concatenate/concat " + at + "ExpandDims/dim");
        nodes.constant(at + "Tile/multiples", 1, 1, 1);
        nodes.node(at + "Tile", "Tile", at + "ExpandDims " + at + "Tile/multiples");
        nodes.constant(at + "Reshape/shape", -1, 4);
        nodes.node(at + "Reshape", "Reshape", at + "Tile " + at + "Reshape/shape");
        nodes.node(at + "Reshape_1", "Reshape", "Squeeze " + at + "Reshape/shape");
        nodes.constant(at + "perm", 1, 0);
        var decode = at + "Decode/";
        var center = decode + "get_center_coordinates_and_sizes/";
        nodes.node(center + "transpose", "Transpose", at + "Reshape " + at + "perm");
        nodes.node(center + "unstack", "Unpack", center + "transpose", attribute("num", number(3, 4)));
        nodes.node(center + "sub", "Sub", center + "unstack:3 " + center + "unstack:1");
        nodes.constant(center + "div/y", 2f);
        nodes.node(center + "div", "RealDiv", center + "sub " + center + "div/y");
        nodes.node(decode + "transpose", "Transpose", at + "Reshape_1 " + at + "perm");
        nodes.node(decode + "unstack", "Unpack", decode + "transpose", attribute("num", number(3, 4)));
        for (int i = 0; i < 4; i++) {
            var div = decode + "div" + (i == 0 ? "" : "_" + i);
            nodes.constant(div + "/y", boxes.scales().get(i));
            nodes.node(div, "RealDiv", decode + "unstack" + (i == 0 ? "" : ":" + i) + " " + div + "/y");
        }
        nodes.node(
                decode + "stack", "Pack", decode + "div " + decode + "div_1 " + decode + "div_2 " + decode + "div_3");
        nodes.constant(at + "scale_logits/y", 1f);
        nodes.node(at + "scale_logits", "RealDiv", "concat_1 " + at + "scale_logits/y");
        nodes.node(at + "convert_scores", score, at + "scale_logits");
        if (boxes.hasBackground()) {
            nodes.constant(at + "Slice/begin", 0, 0, 1);
            nodes.constant(at + "Slice/size", -1, -1, -1);
            nodes.node(at + "Slice", "Slice", at + "convert_scores " + at + "Slice/begin " + at + "Slice/size");
        }
        suppress(at + (boxes.hasBackground() ? "Slice" : "convert_scores"));
    }

    private void suppress(String scores) {
        var limits = boxes.suppression();
        for (int i = 0; i < boxes.classes(); i++) {
            var end = i == 0 ? "" : "_" + i;
            nodes.constant(NMS + "FilterGreaterThan" + end + "/Greater/y", limits.minScore());
            nodes.node(
                    NMS + "FilterGreaterThan" + end + "/Greater",
                    "Greater",
                    scores + " " + NMS + "FilterGreaterThan" + end + "/Greater/y");
            nodes.node(NMS + "Size" + end, "Size", NMS + "FilterGreaterThan" + end + "/Greater");
            nodes.scalar(NMS + "Minimum" + end + "/x", limits.limitPerClass());
            nodes.node(NMS + "Minimum" + end, "Minimum", NMS + "Minimum" + end + "/x " + NMS + "Size" + end);
            nodes.constant(NMS + "iou" + end, limits.maxOverlap());
            nodes.node(
                    NMS + "non_max_suppression" + end + "/NonMaxSuppressionV2",
                    "NonMaxSuppressionV2",
                    String.join(" ", "Postprocessor/Decode/stack", scores, NMS + "Minimum" + end, NMS + "iou" + end));
        }
        nodes.scalar(NMS + "Minimum_99/x", limits.limit());
        nodes.node(NMS + "Size_99", "Size", NMS + "non_max_suppression/NonMaxSuppressionV2");
        nodes.node(NMS + "Minimum_99", "Minimum", NMS + "Minimum_99/x " + NMS + "Size_99");
        nodes.node("detection_boxes", "Identity", NMS + "non_max_suppression/NonMaxSuppressionV2");
        nodes.node("num_detections", "Identity", NMS + "Minimum_99");
    }
}
