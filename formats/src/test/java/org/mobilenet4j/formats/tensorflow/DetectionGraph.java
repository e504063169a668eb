package org.mobilenet4j.formats.tensorflow;

import static org.mobilenet4j.formats.tensorflow.TfFiles.attribute;
import static org.mobilenet4j.formats.tensorflow.TfFiles.field;
import static org.mobilenet4j.formats.tensorflow.TfFiles.number;
import static org.mobilenet4j.formats.tensorflow.TfFiles.shape;
import static org.mobilenet4j.formats.tensorflow.TfFiles.text;
import static org.mobilenet4j.formats.tensorflow.TfFiles.wholes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Tensor;

/// Writes a detector as a frozen graph with the names of TensorFlow's Object Detection API: photos resized in a loop
/// over the batch, batch normalization in pieces, anchors computed from grids, suppression class by class.
final class DetectionGraph {
    private static final String GRID = "MultipleGridAnchorGenerator/";
    private static final String NMS =
            "Postprocessor/BatchMultiClassNonMaxSuppression/map/while/MultiClassNonMaxSuppression/";

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
    private final Map<Integer, String> values = new HashMap<>();
    private final Model model;
    private final BoxOutputs boxes;

    /// How the graph differs.
    private final boolean fusesNorms;

    private final boolean computesAnchors;
    private final String score;

    private DetectionGraph(Model model, boolean fusesNorms, boolean computesAnchors, String score) {
        this.model = model;
        this.boxes = model.boxes().orElseThrow();
        this.fusesNorms = fusesNorms;
        this.computesAnchors = computesAnchors;
        this.score = score;
    }

    /// The file.
    ///
    /// @param score what makes probabilities: `Sigmoid` or `Softmax`
    static byte[] of(Model model, boolean fusesNorms, boolean computesAnchors, String score) {
        var written = new DetectionGraph(model, fusesNorms, computesAnchors, score);
        written.preprocess();
        model.network().nodes().forEach(written::add);
        written.joinPredictions();
        written.anchors();
        written.postprocess();
        return written.graph.toByteArray();
    }

    /// A graph of `export_tflite_ssd_graph`: one operator at the end, and a normalized image at the beginning.
    static byte[] forTflite(Model model) {
        var written = new DetectionGraph(model, true, false, "Sigmoid");
        var input = model.network().input();
        var name = "normalized_input_image_tensor";
        var placeholder = attribute("shape", field(7, shape(1, input.height(), input.width(), 3)));
        written.values.put(Node.INPUT, written.node(name, "Placeholder", "", placeholder));
        model.network().nodes().forEach(written::add);
        written.joinPredictions();
        written.finishForTflite();
        return written.graph.toByteArray();
    }

    private void finishForTflite() {
        var limits = boxes.suppression();
        node("raw_outputs/box_encodings", "Identity", "Squeeze");
        node("convert_scores", score, "concat_1");
        node("raw_outputs/class_predictions", "Identity", "convert_scores");
        add(TfFiles.constant("anchors", boxes.anchors()), "");
        node(
                "TFLite_Detection_PostProcess",
                "TFLite_Detection_PostProcess",
                "raw_outputs/box_encodings raw_outputs/class_predictions anchors",
                attribute("max_detections", number(3, limits.limit())),
                attribute("max_classes_per_detection", number(3, limits.classesPerBox())),
                attribute("detections_per_class", number(3, limits.limitPerClass())),
                attribute("use_regular_nms", number(5, limits.isPerClass() ? 1 : 0)),
                attribute("num_classes", number(3, boxes.classes())),
                real("nms_score_threshold", limits.minScore()),
                real("nms_iou_threshold", limits.maxOverlap()),
                real("y_scale", boxes.scales().get(0)),
                real("x_scale", boxes.scales().get(1)),
                real("h_scale", boxes.scales().get(2)),
                real("w_scale", boxes.scales().get(3)));
    }

    private static byte[] real(String name, float value) {
        return attribute(
                name,
                ByteBuffer.allocate(5)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) ((4 << 3) | 5))
                        .putFloat(value)
                        .array());
    }

    private String add(byte[] node, String name) {
        graph.writeBytes(field(1, node));
        return name;
    }

    private String node(String name, String op, String inputs, byte[]... attributes) {
        return add(TfFiles.node(name, op, inputs, attributes), name);
    }

    private String constant(String name, int... values) {
        return add(TfFiles.constant(name, values), name);
    }

    private String constant(String name, float... values) {
        return add(TfFiles.constant(name, Tensor.of(values, values.length)), name);
    }

    private String constant(String name, Tensor tensor) {
        add(TfFiles.constant(name, tensor), name);
        return node(name + "/read", "Identity", name);
    }

    private void preprocess() {
        var loop = "Preprocessor/map/while/";
        var input = model.network().input();
        node("image_tensor", "Placeholder", "", attribute("shape", field(7, shape(-1, -1, -1, 3))));
        node("ToFloat", "Cast", "image_tensor", attribute("DstT", number(6, 1)));
        node("Preprocessor/map/Shape", "Shape", "ToFloat");
        node("Preprocessor/map/TensorArray", "TensorArrayV3", "Preprocessor/map/Shape");
        constant("Preprocessor/map/Const", 0);
        node(loop + "Enter", "Enter", "Preprocessor/map/Const");
        node(loop + "Merge", "Merge", loop + "Enter " + loop + "NextIteration");
        node(loop + "Less", "Less", loop + "Merge Preprocessor/map/Shape");
        node(loop + "LoopCond", "LoopCond", loop + "Less");
        node(loop + "Switch", "Switch", loop + "Merge " + loop + "LoopCond");
        node(loop + "Identity", "Identity", loop + "Switch:1");
        node(loop + "TensorArrayReadV3", "TensorArrayReadV3", "Preprocessor/map/TensorArray " + loop + "Identity");
        constant(loop + "ResizeImage/size", input.height(), input.width());
        node(
                loop + "ResizeImage/ResizeBilinear",
                "ResizeBilinear",
                loop + "TensorArrayReadV3 " + loop + "ResizeImage/size");
        node(
                loop + "TensorArrayWriteV3",
                "TensorArrayWriteV3",
                loop + "Identity " + loop + "ResizeImage/ResizeBilinear");
        constant(loop + "add/y", 1);
        node(loop + "add", "Add", loop + "Identity " + loop + "add/y");
        node(loop + "NextIteration", "NextIteration", loop + "add");
        node(loop + "Exit", "Exit", loop + "Switch");
        var gather = "Preprocessor/map/TensorArrayStack/TensorArrayGatherV3";
        node(
                gather,
                "TensorArrayGatherV3",
                "Preprocessor/map/TensorArray " + loop + "Exit " + loop + "TensorArrayWriteV3");
        constant("Preprocessor/mul/x", 2 / 255f);
        node("Preprocessor/mul", "Mul", "Preprocessor/mul/x " + gather);
        constant("Preprocessor/sub/y", 1f);
        values.put(Node.INPUT, node("Preprocessor/sub", "Sub", "Preprocessor/mul Preprocessor/sub/y"));
    }

    private static String scope(String layer) {
        if (layer.matches("(boxes|scores)_\\d.*")) {
            var number = layer.charAt(layer.indexOf('_') + 1) - '1';
            return "BoxPredictor_" + number + "/"
                    + (layer.startsWith("boxes") ? "BoxEncodingPredictor" : "ClassPredictor")
                    + (layer.endsWith("_dw") ? "_depthwise" : "");
        }
        return "FeatureExtractor/MobilenetV1/MobilenetV1/" + layer;
    }

    private void add(Node node) {
        var from = values.get(node.inputs().getFirst());
        var scope = scope(node.name().replaceAll("(_bn|_relu)$", ""));
        var made = switch (node.layer()) {
            case Conv conv -> {
                var kernel = constant(scope + "/weights", model.weights().get(node.name() + "/kernel"));
                var out = node(
                        scope + "/Conv2D",
                        "Conv2D",
                        from + " " + kernel,
                        text("padding", "SAME"),
                        strides(conv.window().strideRows()));
                if (conv.bias()) {
                    var bias = constant(scope + "/biases", model.weights().get(node.name() + "/bias"));
                    out = node(scope + "/BiasAdd", "BiasAdd", out + " " + bias);
                }
                yield out;
            }
            case DepthwiseConv conv -> {
                var kernel =
                        constant(scope + "/depthwise_weights", model.weights().get(node.name() + "/depthwise_kernel"));
                yield node(
                        scope + "/depthwise",
                        "DepthwiseConv2dNative",
                        from + " " + kernel,
                        text("padding", "SAME"),
                        strides(conv.window().strideRows()));
            }
            case BatchNorm norm -> normed(node.name(), scope + "/BatchNorm/", String.valueOf(from), norm);
            case Activation _ -> node(scope + "/Relu6", "Relu6", String.valueOf(from));
            case Flatten _, Parallel _ -> from;
            default -> throw new IllegalArgumentException(node.toString());
        };
        values.put(node.id(), String.valueOf(made));
    }

    private static byte[] strides(int stride) {
        return wholes("strides", 1, stride, stride, 1);
    }

    private String normed(String layer, String scope, String from, BatchNorm norm) {
        var gamma = constant(scope + "gamma", model.weights().get(layer + "/gamma"));
        var beta = constant(scope + "beta", model.weights().get(layer + "/beta"));
        var mean = constant(scope + "moving_mean", model.weights().get(layer + "/moving_mean"));
        var variance = constant(scope + "moving_variance", model.weights().get(layer + "/moving_variance"));
        if (fusesNorms) {
            var epsilon = real("epsilon", (float) norm.epsilon());
            var inputs = String.join(" ", from, gamma, beta, mean, variance);
            return node(scope + "FusedBatchNorm", "FusedBatchNorm", inputs, epsilon);
        }
        var at = scope + "batchnorm/";
        constant(at + "add/y", (float) norm.epsilon());
        node(at + "add", "Add", variance + " " + at + "add/y");
        node(at + "Rsqrt", "Rsqrt", at + "add");
        node(at + "mul", "Mul", at + "Rsqrt " + gamma);
        node(at + "mul_1", "Mul", from + " " + at + "mul");
        node(at + "mul_2", "Mul", mean + " " + at + "mul");
        node(at + "sub", "Sub", beta + " " + at + "mul_2");
        return node(at + "add_1", "Add", at + "mul_1 " + at + "sub");
    }

    private void joinPredictions() {
        var encodings = new StringBuilder();
        var scores = new StringBuilder();
        constant("one/0", 0);
        constant("one/1", 1);
        for (int i = 0; i < boxes.maps().size(); i++) {
            var at = "BoxPredictor_" + i + "/";
            node(at + "Shape", "Shape", at + "BoxEncodingPredictor/BiasAdd");
            node(
                    at + "strided_slice",
                    "StridedSlice",
                    at + "Shape one/0 one/1 one/1",
                    attribute("shrink_axis_mask", number(3, 1)));
            scalar(at + "stack/1", boxes.maps().get(i));
            scalar(at + "stack/2", 1);
            scalar(at + "stack/3", 4);
            node(
                    at + "stack",
                    "Pack",
                    String.join(" ", at + "strided_slice", at + "stack/1", at + "stack/2", at + "stack/3"));
            node(at + "Reshape", "Reshape", at + "BoxEncodingPredictor/BiasAdd " + at + "stack");
            scalar(at + "stack_1/2", boxes.scores());
            node(at + "stack_1", "Pack", String.join(" ", at + "strided_slice", at + "stack/1", at + "stack_1/2"));
            node(at + "Reshape_1", "Reshape", at + "ClassPredictor/BiasAdd " + at + "stack_1");
            encodings.append(at).append("Reshape ");
            scores.append(at).append("Reshape_1 ");
        }
        constant("concat/axis", 1);
        node("concat", "ConcatV2", encodings + "concat/axis");
        node("concat_1", "ConcatV2", scores + "concat/axis");
        node("Squeeze", "Squeeze", "concat", wholes("squeeze_dims", 2));
    }

    private void scalar(String name, int value) {
        add(
                TfFiles.node(
                        name,
                        "Const",
                        "",
                        attribute("value", field(8, number(1, 3), field(2, shape()), field(7, TfFiles.varint(value))))),
                name);
    }

    private void anchors() {
        var anchors = boxes.anchors();
        if (!computesAnchors) {
            var edges = new float[anchors.size()];
            for (int i = 0; i < edges.length; i++) {
                int from = i / 4 * 4 + i % 2;
                edges[i] = anchors.get(from) + (i % 4 < 2 ? -0.5f : 0.5f) * anchors.get(from + 2);
            }
            add(TfFiles.constant("Concatenate/concat", Tensor.of(edges, boxes.count(), 4)), "");
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
        constant("Concatenate/concat/axis", 0);
        node("Concatenate/concat", "ConcatV2", all + "Concatenate/concat/axis");
    }

    /// The edges of the anchors of a map: centers on a grid, and the sides of the anchors of its first pixel.
    private String grid(int map, int height, int width, int first) {
        var at = GRID + map + "/";
        int kinds = boxes.maps().get(map) / height / width;
        var sides = new float[2 * kinds];
        for (int i = 0; i < sides.length; i++) {
            sides[i] = boxes.anchors().get((first + i / 2) * 4 + 2 + i % 2);
        }
        add(TfFiles.constant(at + "sides", Tensor.of(sides, kinds, 2)), "");
        var centers = new String[2];
        for (int k = 0; k < 2; k++) {
            int size = k == 0 ? height : width;
            var axis = at + "xy".charAt(k) + "/";
            constant(axis + "start", 0);
            constant(axis + "limit", size);
            constant(axis + "delta", 1);
            node(axis + "range", "Range", String.join(" ", axis + "start", axis + "limit", axis + "delta"));
            node(axis + "ToFloat", "Cast", axis + "range", attribute("DstT", number(6, 1)));
            constant(axis + "half", 0.5f);
            node(axis + "add", "Add", axis + "ToFloat " + axis + "half");
            constant(axis + "size", (float) size);
            node(axis + "div", "RealDiv", axis + "add " + axis + "size");
            scalar(axis + "dim", 1 - k);
            node(axis + "ExpandDims", "ExpandDims", axis + "div " + axis + "dim");
            constant(axis + "multiples", k == 0 ? 1 : height, k == 0 ? width : 1);
            node(axis + "Tile", "Tile", axis + "ExpandDims " + axis + "multiples");
            constant(axis + "flat", -1);
            centers[k] = node(axis + "Reshape", "Reshape", axis + "Tile " + axis + "flat");
        }
        node(at + "stack", "Pack", String.join(" ", centers), attribute("axis", number(3, 1)));
        scalar(at + "dim", 1);
        node(at + "ExpandDims", "ExpandDims", at + "stack " + at + "dim");
        constant(at + "multiples", 1, kinds, 1);
        node(at + "Tile", "Tile", at + "ExpandDims " + at + "multiples");
        constant(at + "pairs", -1, 2);
        node(at + "Reshape", "Reshape", at + "Tile " + at + "pairs");
        constant(at + "multiples_1", height * width, 1);
        node(at + "Tile_1", "Tile", at + "sides " + at + "multiples_1");
        constant(at + "half", 0.5f);
        node(at + "mul", "Mul", at + "half " + at + "Tile_1");
        node(at + "sub", "Sub", at + "Reshape " + at + "mul");
        node(at + "add", "Add", at + "Reshape " + at + "mul");
        constant(at + "axis", 1);
        return node(at + "concat", "ConcatV2", at + "sub " + at + "add " + at + "axis");
    }

    private void postprocess() {
        var at = "Postprocessor/";
        scalar(at + "ExpandDims/dim", 0);
        node(at + "ExpandDims", "ExpandDims", "Concatenate/concat " + at + "ExpandDims/dim");
        constant(at + "Tile/multiples", 1, 1, 1);
        node(at + "Tile", "Tile", at + "ExpandDims " + at + "Tile/multiples");
        constant(at + "Reshape/shape", -1, 4);
        node(at + "Reshape", "Reshape", at + "Tile " + at + "Reshape/shape");
        node(at + "Reshape_1", "Reshape", "Squeeze " + at + "Reshape/shape");
        constant(at + "perm", 1, 0);
        var decode = at + "Decode/";
        var center = decode + "get_center_coordinates_and_sizes/";
        node(center + "transpose", "Transpose", at + "Reshape " + at + "perm");
        node(center + "unstack", "Unpack", center + "transpose", attribute("num", number(3, 4)));
        node(center + "sub", "Sub", center + "unstack:3 " + center + "unstack:1");
        constant(center + "div/y", 2f);
        node(center + "div", "RealDiv", center + "sub " + center + "div/y");
        node(decode + "transpose", "Transpose", at + "Reshape_1 " + at + "perm");
        node(decode + "unstack", "Unpack", decode + "transpose", attribute("num", number(3, 4)));
        for (int i = 0; i < 4; i++) {
            var div = decode + "div" + (i == 0 ? "" : "_" + i);
            constant(div + "/y", boxes.scales().get(i));
            node(div, "RealDiv", decode + "unstack" + (i == 0 ? "" : ":" + i) + " " + div + "/y");
        }
        node(decode + "stack", "Pack", decode + "div " + decode + "div_1 " + decode + "div_2 " + decode + "div_3");
        constant(at + "scale_logits/y", 1f);
        node(at + "scale_logits", "RealDiv", "concat_1 " + at + "scale_logits/y");
        node(at + "convert_scores", score, at + "scale_logits");
        if (boxes.hasBackground()) {
            constant(at + "Slice/begin", 0, 0, 1);
            constant(at + "Slice/size", -1, -1, -1);
            node(at + "Slice", "Slice", at + "convert_scores " + at + "Slice/begin " + at + "Slice/size");
        }
        suppress(at + (boxes.hasBackground() ? "Slice" : "convert_scores"));
    }

    private void suppress(String scores) {
        var limits = boxes.suppression();
        for (int i = 0; i < boxes.classes(); i++) {
            var end = i == 0 ? "" : "_" + i;
            constant(NMS + "FilterGreaterThan" + end + "/Greater/y", limits.minScore());
            node(
                    NMS + "FilterGreaterThan" + end + "/Greater",
                    "Greater",
                    scores + " " + NMS + "FilterGreaterThan" + end + "/Greater/y");
            node(NMS + "Size" + end, "Size", NMS + "FilterGreaterThan" + end + "/Greater");
            scalar(NMS + "Minimum" + end + "/x", limits.limitPerClass());
            node(NMS + "Minimum" + end, "Minimum", NMS + "Minimum" + end + "/x " + NMS + "Size" + end);
            constant(NMS + "iou" + end, limits.maxOverlap());
            node(
                    NMS + "non_max_suppression" + end + "/NonMaxSuppressionV2",
                    "NonMaxSuppressionV2",
                    String.join(" ", "Postprocessor/Decode/stack", scores, NMS + "Minimum" + end, NMS + "iou" + end));
        }
        scalar(NMS + "Minimum_99/x", limits.limit());
        node(NMS + "Size_99", "Size", NMS + "non_max_suppression/NonMaxSuppressionV2");
        node(NMS + "Minimum_99", "Minimum", NMS + "Minimum_99/x " + NMS + "Size_99");
        node("detection_boxes", "Identity", NMS + "non_max_suppression/NonMaxSuppressionV2");
        node("num_detections", "Identity", NMS + "Minimum_99");
    }
}
