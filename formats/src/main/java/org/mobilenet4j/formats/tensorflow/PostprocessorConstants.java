package org.mobilenet4j.formats.tensorflow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.tensor.Tensor;

/// What a graph of the Object Detection API does to raw predictions, told by the constants of its `Postprocessor`:
/// anchors, scales of box encodings, what makes probabilities of scores, and the limits of suppression. What is not
/// there is SSD's.
final class PostprocessorConstants {
    private static final String AT = "Postprocessor/";
    private static final String DECODE = "Decode/";
    private static final int PER_CLASS = 100;

    /// The most nodes between scores and where they are joined.
    private static final int MOST_BETWEEN = 8;

    /// What `export_tflite_ssd_graph` has in place of all that.
    private static final String END = "TFLite_Detection_PostProcess";

    private final Proto proto;
    private final TfGraph graph;
    private final TfEvaluator evaluator;
    private final List<TfNode> nodes;

    PostprocessorConstants(Proto proto, TfGraph graph) {
        this.proto = proto;
        this.graph = graph;
        this.evaluator = new TfEvaluator(proto, graph);
        this.nodes = graph.nodes().values().stream()
                .filter(node -> node.name().startsWith(AT))
                .toList();
    }

    /// The meaning of `heads`.
    ///
    /// @param beside anchors from elsewhere, where those of the graph cannot be computed
    /// @param notes that get what is assumed
    /// @throws IllegalArgumentException if there are no anchors, or constants do not fit
    BoxOutputs boxes(Heads heads, Optional<Tensor> beside, Map<String, String> notes) {
        var end = graph.nodes().values().stream()
                .filter(node -> node.op().equals(END) && node.inputs().size() == 3)
                .findFirst();
        if (end.isPresent()) {
            return boxes(heads, end.get());
        }
        boolean hasBackground = nodes.isEmpty() || nodes.stream().anyMatch(this::dropsBackground);
        return new BoxOutputs(
                heads.maps(),
                anchors(heads, beside, notes),
                scales(),
                heads.width() - (hasBackground ? 1 : 0),
                hasBackground,
                meaning(),
                limits(notes));
    }

    /// The meaning of `heads` as the attributes of `end` say it.
    private BoxOutputs boxes(Heads heads, TfNode end) {
        var anchors = evaluator
                .value(end.input(2))
                .orElseThrow(() -> end.odd("its anchors are no constant"))
                .floats();
        int classes = (int) number(end, "num_classes", heads.width() - 1);
        if (classes != heads.width() && classes != heads.width() - 1) {
            throw end.odd("it has " + heads.width() + " scores of each anchor for " + classes + " classes");
        }
        var usual = Suppression.SSD;
        var perClass = end.attribute(proto, "use_regular_nms", 5);
        return new BoxOutputs(
                heads.maps(),
                heads.ordered(anchors),
                Stream.of("y_scale", "x_scale", "h_scale", "w_scale")
                        .map(name -> real(end, name, BoxCoder.SSD_SCALES.get(name.matches("[yx].*") ? 0 : 2)))
                        .toList(),
                classes,
                classes < heads.width(),
                scores(end),
                new Suppression(
                        real(end, "nms_score_threshold", usual.minScore()),
                        real(end, "nms_iou_threshold", usual.maxOverlap()),
                        (int) number(end, "max_detections", usual.limit()),
                        perClass != null && perClass.value() != 0,
                        (int) number(end, "detections_per_class", PER_CLASS),
                        (int) number(end, "max_classes_per_detection", 1)));
    }

    /// What makes the scores that `end` reads.
    private BoxOutputs.Scores scores(TfNode end) {
        var node = graph.nodes().get(ObjectDetection.base(end.input(1)));
        for (int i = 0; i < MOST_BETWEEN && node != null && !node.op().equals("ConcatV2"); i++) {
            switch (node.op()) {
                case "Sigmoid" -> {
                    return BoxOutputs.Scores.LOGITS;
                }
                case "Softmax" -> {
                    return BoxOutputs.Scores.EXCLUSIVE_LOGITS;
                }
                default -> {}
            }
            node = node.inputs().isEmpty() ? null : graph.nodes().get(ObjectDetection.base(node.input(0)));
        }
        return BoxOutputs.Scores.PROBABILITIES;
    }

    private float real(TfNode node, String name, float otherwise) {
        var value = node.attribute(proto, name, 4);
        return value == null ? otherwise : Float.intBitsToFloat((int) value.value());
    }

    private long number(TfNode node, String name, long otherwise) {
        var value = node.attribute(proto, name, 3);
        return value == null ? otherwise : BadValueException.toInt(value.value());
    }

    private Stream<TfNode> nodes(String part, String op) {
        return nodes.stream()
                .filter(node -> node.name().contains(part) && node.op().startsWith(op));
    }

    private boolean dropsBackground(TfNode node) {
        return node.op().equals("Slice")
                && node.inputs().size() == 3
                && evaluator
                        .value(node.inputs().get(1))
                        .filter(Constant::isWhole)
                        .filter(begin -> begin.wholes().equals(List.of(0, 0, 1)))
                        .isPresent();
    }

    /// Divisors of the four parts of an encoding.
    private List<Float> scales() {
        var scales = new ArrayList<>(List.of(1f, 1f, 1f, 1f));
        boolean isDivided = false;
        for (var node : nodes(DECODE, "RealDiv").toList()) {
            var from = graph.nodes().get(ObjectDetection.base(node.input(0)));
            if (from != null && from.op().equals("Unpack") && !from.name().contains("center_coordinates")) {
                int part = output(node.input(0));
                var divisor = evaluator.value(node.input(1)).filter(constant -> constant.size() == 1);
                if (part >= scales.size() || divisor.isEmpty()) {
                    throw node.odd("it divides box encodings by something that is not known");
                }
                scales.set(part, (float) divisor.get().get(0));
                isDivided = true;
            }
        }
        return isDivided || nodes(DECODE, "Unpack").findAny().isPresent() ? scales : BoxCoder.SSD_SCALES;
    }

    private static int output(String input) {
        int colon = input.lastIndexOf(':');
        return colon >= 0 && input.substring(colon + 1).matches("\\d") ? input.charAt(colon + 1) - '0' : 0;
    }

    private BoxOutputs.Scores meaning() {
        nodes("scale_logits", "RealDiv").forEach(node -> {
            if (evaluator
                    .value(node.input(1))
                    .filter(by -> by.size() == 1 && by.get(0) == 1)
                    .isEmpty()) {
                throw node.odd("it scales logits; only a factor of 1 is supported");
            }
        });
        if (nodes("", "Softmax").findAny().isPresent()) {
            return BoxOutputs.Scores.EXCLUSIVE_LOGITS;
        }
        return nodes.isEmpty() || nodes("", "Sigmoid").findAny().isPresent()
                ? BoxOutputs.Scores.LOGITS
                : BoxOutputs.Scores.PROBABILITIES;
    }

    private Suppression limits(Map<String, String> notes) {
        var suppression = nodes("", "NonMaxSuppression").findFirst();
        if (suppression.isEmpty()) {
            notes.put("suppression", "SSD's limits, assumed: the file has none");
            return Suppression.SSD;
        }
        var node = suppression.get();
        var most = node.inputs().size() > 2 ? limit(node.inputs().get(2)) : Optional.<Integer>empty();
        int perClass = most.orElse(PER_CLASS);
        var used = new HashSet<String>();
        nodes("", "NonMaxSuppression")
                .filter(each -> each.inputs().size() > 2)
                .forEach(each -> used.add(ObjectDetection.base(each.inputs().get(2))));
        int total = nodes("MultiClassNonMaxSuppression", "Minimum")
                .filter(each -> !used.contains(each.name()))
                .map(each -> limit(each.name()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(perClass);
        var least = Stream.concat(
                        nodes("FilterGreaterThan", "Greater")
                                .map(each -> each.inputs().getLast()),
                        node.inputs().stream().skip(4))
                .map(this::scalar)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Suppression.SSD.minScore());
        var overlap = node.inputs().size() > 3 ? scalar(node.inputs().get(3)) : Optional.<Float>empty();
        return new Suppression(least, overlap.orElse(Suppression.SSD.maxOverlap()), total, true, perClass, 1);
    }

    private Optional<Float> scalar(String input) {
        return evaluator.value(input).filter(constant -> constant.size() == 1).map(constant -> (float) constant.get(0));
    }

    /// A constant, or the constant operand of a minimum.
    private Optional<Integer> limit(String input) {
        var node = graph.nodes().get(ObjectDetection.base(input));
        var operands = node != null && node.op().equals("Minimum") ? node.inputs() : List.of(input);
        return operands.stream()
                .map(this::scalar)
                .flatMap(Optional::stream)
                .map(Float::intValue)
                .findFirst();
    }

    private Tensor anchors(Heads heads, Optional<Tensor> beside, Map<String, String> notes) {
        var own = own(heads.count());
        if (own.isPresent()) {
            return heads.ordered(own.get());
        }
        if (beside.isPresent()) {
            notes.put("anchors", "anchors.csv beside the file");
            return heads.ordered(beside.get());
        }
        notes.put("anchors", "SSD's, assumed: those of the file cannot be computed");
        return heads.ssdAnchors()
                .orElseThrow(() -> new BadValueException("has " + heads.count()
                        + " anchors that cannot be computed, and its feature maps are not those of an SSD; put a file"
                        + " anchors.csv beside it, with a line cy,cx,h,w for each box"));
    }

    /// Those whose centers and sides decoding computes.
    private Optional<Tensor> own(int count) {
        return nodes("center_coordinates", "Transpose")
                .map(node -> evaluator.value(node.input(0)))
                .flatMap(Optional::stream)
                .filter(edges -> edges.size() == count * BoxOutputs.VALUES)
                .map(PostprocessorConstants::centers)
                .findFirst();
    }

    private static Tensor centers(Constant edges) {
        var values = new float[edges.size()];
        for (int i = 0; i < values.length; i += BoxOutputs.VALUES) {
            for (int side = 0; side < 2; side++) {
                double first = edges.get(i + side);
                double length = edges.get(i + 2 + side) - first;
                values[i + side] = (float) (first + length / 2);
                values[i + 2 + side] = (float) length;
            }
        }
        return Tensor.of(values, values.length / BoxOutputs.VALUES, BoxOutputs.VALUES);
    }
}
