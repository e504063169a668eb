package org.mobilenet4j.formats.tensorflow;

import static org.mobilenet4j.formats.tensorflow.TfFiles.attribute;
import static org.mobilenet4j.formats.tensorflow.TfFiles.field;
import static org.mobilenet4j.formats.tensorflow.TfFiles.number;
import static org.mobilenet4j.formats.tensorflow.TfFiles.shape;
import static org.mobilenet4j.formats.tensorflow.TfFiles.text;
import static org.mobilenet4j.formats.tensorflow.TfFiles.wholes;

import java.util.HashMap;
import java.util.Map;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;

/// Writes a detector as a frozen graph with the names of TensorFlow's Object Detection API: photos resized in a loop
/// over the batch, batch normalization in pieces, anchors computed from grids, suppression class by class.
final class DetectionGraph {
    private final GraphNodes nodes = new GraphNodes();
    private final Map<Integer, String> values = new HashMap<>();
    private final Model model;
    private final BoxOutputs boxes;

    /// How the graph differs.
    private final boolean fusesNorms;
    private final String score;
    private boolean rounds;

    private DetectionGraph(Model model, boolean fusesNorms, String score) {
        this.model = model;
        this.boxes = model.boxes().orElseThrow();
        this.fusesNorms = fusesNorms;
        this.score = score;
    }

    /// The file.
    ///
    /// @param score what makes probabilities: `Sigmoid` or `Softmax`
    static byte[] of(Model model, boolean fusesNorms, boolean computesAnchors, String score) {
        return new DetectionGraph(model, fusesNorms, score).finished(computesAnchors);
    }

    private byte[] finished(boolean computesAnchors) {
        preprocess();
        model.network().nodes().forEach(this::add);
        joinPredictions();
        new DetectionGraphEnd(nodes, model, score).write(computesAnchors);
        return nodes.bytes();
    }

    /// A graph that was trained for integers: kernels and activations are rounded.
    static byte[] trainedForIntegers(Model model) {
        var written = new DetectionGraph(model, true, "Sigmoid");
        written.rounds = true;
        return written.finished(true);
    }

    /// A graph of `export_tflite_ssd_graph`: one operator at the end, and a normalized image at the beginning.
    static byte[] forTflite(Model model) {
        var written = new DetectionGraph(model, true, "Sigmoid");
        var input = model.network().input();
        var name = "normalized_input_image_tensor";
        var placeholder = attribute("shape", field(7, shape(1, input.height(), input.width(), 3)));
        written.values.put(Node.INPUT, written.nodes.node(name, "Placeholder", "", placeholder));
        model.network().nodes().forEach(written::add);
        written.joinPredictions();
        written.finishForTflite();
        return written.nodes.bytes();
    }

    private void finishForTflite() {
        var limits = boxes.suppression();
        nodes.node("raw_outputs/box_encodings", "Identity", "Squeeze");
        nodes.node("convert_scores", score, "concat_1");
        nodes.node("raw_outputs/class_predictions", "Identity", "convert_scores");
        nodes.add(TfFiles.constant("anchors", boxes.anchors()), "");
        nodes.node(
                "TFLite_Detection_PostProcess",
                "TFLite_Detection_PostProcess",
                "raw_outputs/box_encodings raw_outputs/class_predictions anchors",
                attribute("max_detections", number(3, limits.limit())),
                attribute("max_classes_per_detection", number(3, limits.classesPerBox())),
                attribute("detections_per_class", number(3, limits.limitPerClass())),
                attribute("use_regular_nms", number(5, limits.isPerClass() ? 1 : 0)),
                attribute("num_classes", number(3, boxes.classes())),
                GraphNodes.real("nms_score_threshold", limits.minScore()),
                GraphNodes.real("nms_iou_threshold", limits.maxOverlap()),
                GraphNodes.real("y_scale", boxes.scales().get(0)),
                GraphNodes.real("x_scale", boxes.scales().get(1)),
                GraphNodes.real("h_scale", boxes.scales().get(2)),
                GraphNodes.real("w_scale", boxes.scales().get(3)));
    }

    private void preprocess() {
        var loop = "Preprocessor/map/while/";
        var input = model.network().input();
        nodes.node("image_tensor", "Placeholder", "", attribute("shape", field(7, shape(-1, -1, -1, 3))));
        nodes.node("ToFloat", "Cast", "image_tensor", attribute("DstT", number(6, 1)));
        nodes.node("Preprocessor/map/Shape", "Shape", "ToFloat");
        nodes.node("Preprocessor/map/TensorArray", "TensorArrayV3", "Preprocessor/map/Shape");
        nodes.constant("Preprocessor/map/Const", 0);
        nodes.node(loop + "Enter", "Enter", "Preprocessor/map/Const");
        nodes.node(loop + "Merge", "Merge", loop + "Enter " + loop + "NextIteration");
        nodes.node(loop + "Less", "Less", loop + "Merge Preprocessor/map/Shape");
        nodes.node(loop + "LoopCond", "LoopCond", loop + "Less");
        nodes.node(loop + "Switch", "Switch", loop + "Merge " + loop + "LoopCond");
        nodes.node(loop + "Identity", "Identity", loop + "Switch:1");
        nodes.node(
                loop + "TensorArrayReadV3", "TensorArrayReadV3", "Preprocessor/map/TensorArray " + loop + "Identity");
        nodes.constant(loop + "ResizeImage/size", input.height(), input.width());
        nodes.node(
                loop + "ResizeImage/ResizeBilinear",
                "ResizeBilinear",
                loop + "TensorArrayReadV3 " + loop + "ResizeImage/size");
        nodes.node(
                loop + "TensorArrayWriteV3",
                "TensorArrayWriteV3",
                loop + "Identity " + loop + "ResizeImage/ResizeBilinear");
        nodes.constant(loop + "add/y", 1);
        nodes.node(loop + "add", "Add", loop + "Identity " + loop + "add/y");
        nodes.node(loop + "NextIteration", "NextIteration", loop + "add");
        nodes.node(loop + "Exit", "Exit", loop + "Switch");
        var gather = "Preprocessor/map/TensorArrayStack/TensorArrayGatherV3";
        nodes.node(
                gather,
                "TensorArrayGatherV3",
                "Preprocessor/map/TensorArray " + loop + "Exit " + loop + "TensorArrayWriteV3");
        nodes.constant("Preprocessor/mul/x", 2 / 255f);
        nodes.node("Preprocessor/mul", "Mul", "Preprocessor/mul/x " + gather);
        nodes.constant("Preprocessor/sub/y", 1f);
        values.put(Node.INPUT, nodes.node("Preprocessor/sub", "Sub", "Preprocessor/mul Preprocessor/sub/y"));
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
                var kernel = rounded(
                        nodes.constant(scope + "/weights", model.weights().get(node.name() + "/kernel")));
                var out = nodes.node(
                        scope + "/Conv2D",
                        "Conv2D",
                        from + " " + kernel,
                        text("padding", "SAME"),
                        strides(conv.window().strideRows()));
                if (conv.bias()) {
                    var bias = nodes.constant(scope + "/biases", model.weights().get(node.name() + "/bias"));
                    out = nodes.node(scope + "/BiasAdd", "BiasAdd", out + " " + bias);
                }
                yield out;
            }
            case DepthwiseConv conv -> {
                var kernel = nodes.constant(
                        scope + "/depthwise_weights", model.weights().get(node.name() + "/depthwise_kernel"));
                yield nodes.node(
                        scope + "/depthwise",
                        "DepthwiseConv2dNative",
                        from + " " + kernel,
                        text("padding", "SAME"),
                        strides(conv.window().strideRows()));
            }
            case BatchNorm norm -> normed(node.name(), scope + "/BatchNorm/", String.valueOf(from), norm);
            case Activation _ -> rounded(nodes.node(scope + "/Relu6", "Relu6", String.valueOf(from)));
            case Flatten _, Parallel _ -> from;
            default -> throw new IllegalArgumentException(node.toString());
        };
        values.put(node.id(), String.valueOf(made));
    }

    private String rounded(String value) {
        if (!rounds) {
            return value;
        }
        nodes.constant(value + "/min", -6f);
        nodes.constant(value + "/max", 6f);
        var inputs = String.join(" ", value, value + "/min", value + "/max");
        return nodes.node(value + "/FakeQuant", "FakeQuantWithMinMaxVars", inputs, attribute("num_bits", number(3, 8)));
    }

    private static byte[] strides(int stride) {
        return wholes("strides", 1, stride, stride, 1);
    }

    private String normed(String layer, String scope, String from, BatchNorm norm) {
        var gamma = nodes.constant(scope + "gamma", model.weights().get(layer + "/gamma"));
        var beta = nodes.constant(scope + "beta", model.weights().get(layer + "/beta"));
        var mean = nodes.constant(scope + "moving_mean", model.weights().get(layer + "/moving_mean"));
        var variance = nodes.constant(scope + "moving_variance", model.weights().get(layer + "/moving_variance"));
        if (fusesNorms) {
            var epsilon = GraphNodes.real("epsilon", (float) norm.epsilon());
            var inputs = String.join(" ", from, gamma, beta, mean, variance);
            return nodes.node(scope + "FusedBatchNorm", "FusedBatchNorm", inputs, epsilon);
        }
        var at = scope + "batchnorm/";
        nodes.constant(at + "add/y", (float) norm.epsilon());
        nodes.node(at + "add", "Add", variance + " " + at + "add/y");
        nodes.node(at + "Rsqrt", "Rsqrt", at + "add");
        nodes.node(at + "mul", "Mul", at + "Rsqrt " + gamma);
        nodes.node(at + "mul_1", "Mul", from + " " + at + "mul");
        nodes.node(at + "mul_2", "Mul", mean + " " + at + "mul");
        nodes.node(at + "sub", "Sub", beta + " " + at + "mul_2");
        return nodes.node(at + "add_1", "Add", at + "mul_1 " + at + "sub");
    }

    private void joinPredictions() {
        var encodings = new StringBuilder();
        var scores = new StringBuilder();
        nodes.constant("one/0", 0);
        nodes.constant("one/1", 1);
        for (int i = 0; i < boxes.maps().size(); i++) {
            var at = "BoxPredictor_" + i + "/";
            nodes.node(at + "Shape", "Shape", at + "BoxEncodingPredictor/BiasAdd");
            nodes.node(
                    at + "strided_slice",
                    "StridedSlice",
                    at + "Shape one/0 one/1 one/1",
                    attribute("shrink_axis_mask", number(3, 1)));
            nodes.scalar(at + "stack/1", boxes.maps().get(i));
            nodes.scalar(at + "stack/2", 1);
            nodes.scalar(at + "stack/3", 4);
            nodes.node(
                    at + "stack",
                    "Pack",
                    String.join(" ", at + "strided_slice", at + "stack/1", at + "stack/2", at + "stack/3"));
            nodes.node(at + "Reshape", "Reshape", at + "BoxEncodingPredictor/BiasAdd " + at + "stack");
            nodes.scalar(at + "stack_1/2", boxes.scores());
            nodes.node(
                    at + "stack_1", "Pack", String.join(" ", at + "strided_slice", at + "stack/1", at + "stack_1/2"));
            nodes.node(at + "Reshape_1", "Reshape", at + "ClassPredictor/BiasAdd " + at + "stack_1");
            encodings.append(at).append("Reshape ");
            scores.append(at).append("Reshape_1 ");
        }
        nodes.constant("concat/axis", 1);
        nodes.node("concat", "ConcatV2", encodings + "concat/axis");
        nodes.node("concat_1", "ConcatV2", scores + "concat/axis");
        nodes.node("Squeeze", "Squeeze", "concat", wholes("squeeze_dims", 2));
    }
}
