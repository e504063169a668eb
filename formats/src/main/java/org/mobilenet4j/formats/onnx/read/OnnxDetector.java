package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.HeadSearch;
import org.mobilenet4j.formats.graph.HeadSearch.Kind;
import org.mobilenet4j.formats.graph.HeadSearch.Operation;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.formats.graph.NetworkBuilder.Value;
import org.mobilenet4j.formats.onnx.OnnxNames;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Tensor;

/// The end of a detector with raw predictions: box encodings `N x anchors x 4` and scores `N x anchors x width`, rows
/// of
/// several feature maps one below the other, which the network has as one vector ([BoxOutputs]). What comes behind
/// them, such as suppression, is not read.
final class OnnxDetector {
    private static final Set<String> MOVES = Set.of("Reshape", "Squeeze", "Unsqueeze", "Identity", "Flatten");
    private static final int ROWS_RANK = 3;

    private final OnnxFile file;
    private final HeadSearch boxes;
    private final HeadSearch scores;

    /// Tensors of the operations at the end and behind it.
    private final Set<String> taken = new HashSet<>();

    private OnnxDetector(OnnxFile file, String boxes, String scores) {
        this.file = file;
        var makers = new HashMap<String, NodeProto>();
        for (var node : file.graph().getNodeList()) {
            node.getOutputList().forEach(output -> makers.put(output, node));
        }
        HeadSearch.Graph graph =
                tensor -> Optional.ofNullable(makers.get(tensor)).map(OnnxDetector::operation);
        this.boxes = HeadSearch.of(graph, boxes, true);
        this.scores = HeadSearch.of(graph, scores, true);
        taken.addAll(this.boxes.operations());
        taken.addAll(this.scores.operations());
        taken.add(boxes);
        taken.add(scores);
        for (var part : List.of(this.boxes, this.scores)) {
            part.parts().forEach(each -> taken.remove(each.tensor()));
        }
    }

    /// The end of the network in `file`, if it is a detector.
    static Optional<OnnxDetector> find(OnnxFile file) {
        if (file.isOurs()) {
            boolean isDetector = file.graph().getNodeList().stream()
                    .anyMatch(node -> node.getOutputList().contains(OnnxNames.ENCODINGS));
            return isDetector
                    ? Optional.of(new OnnxDetector(file, OnnxNames.ENCODINGS, OnnxNames.SCORES))
                    : Optional.empty();
        }
        var rows = file.graph().getOutputList().stream()
                .filter(output -> rank(output) == ROWS_RANK)
                .toList();
        if (rows.size() != 2) {
            return Optional.empty();
        }
        boolean isSecond = isBoxes(rows.get(1)) && !(isBoxes(rows.getFirst()) && saysBoxes(rows.getFirst()));
        if (!isSecond && !isBoxes(rows.getFirst())) {
            return Optional.empty();
        }
        return Optional.of(new OnnxDetector(
                file,
                rows.get(isSecond ? 1 : 0).getName(),
                rows.get(isSecond ? 0 : 1).getName()));
    }

    private static int rank(ValueInfoProto output) {
        return output.getType().getTensorType().getShape().getDimCount();
    }

    private static boolean isBoxes(ValueInfoProto output) {
        return output.getType().getTensorType().getShape().getDim(2).getDimValue() == BoxOutputs.VALUES;
    }

    private static boolean saysBoxes(ValueInfoProto output) {
        return output.getName().matches("(?i).*(box|loc|enc|reg).*");
    }

    private static Operation operation(NodeProto proto) {
        var node = new OnnxNode(0, proto);
        var kind = MOVES.contains(node.kind())
                ? Kind.MOVE
                : switch (node.kind()) {
                    case "Concat" -> List.of(1, -2).contains(node.whole("axis", 0)) ? Kind.JOIN : Kind.OTHER;
                    case "Sigmoid" -> Kind.SIGMOID;
                    case "Softmax" -> List.of(2, -1).contains(node.whole("axis", -1)) ? Kind.SOFTMAX : Kind.OTHER;
                    default -> Kind.OTHER;
                };
        var inputs = kind == Kind.JOIN
                ? proto.getInputList()
                : proto.getInputList().subList(0, Math.min(1, proto.getInputCount()));
        return new Operation(
                proto.getOutputCount() == 0 ? "" : proto.getOutput(0),
                inputs.isEmpty() ? Kind.OTHER : kind,
                List.copyOf(inputs));
    }

    /// Whether `node` is read here: it is at the end, or behind it.
    boolean takes(NodeProto node) {
        boolean isBehind = node.getInputList().stream().anyMatch(taken::contains)
                || node.getOutputList().stream().anyMatch(taken::contains);
        if (isBehind) {
            taken.addAll(node.getOutputList());
        }
        return isBehind;
    }

    /// The heads, once all feature maps are in `graph`.
    Heads heads(OnnxGraph graph) {
        var encodings = values(graph, boxes);
        var predictions = values(graph, scores);
        long anchors =
                encodings.stream().mapToLong(value -> value.shape().elements()).sum() / BoxOutputs.VALUES;
        long all = predictions.stream()
                .mapToLong(value -> value.shape().elements())
                .sum();
        if (anchors < 1 || anchors > BoxOutputs.MOST_ANCHORS || all % anchors != 0) {
            throw new BadValueException("has " + anchors + " boxes and " + all
                    + " scores; a detector has as many for each box, and up to " + BoxOutputs.MOST_ANCHORS + " boxes");
        }
        return Heads.of(graph.nodes(), encodings, predictions, (int) (all / anchors));
    }

    private static List<Value> values(OnnxGraph graph, HeadSearch search) {
        var values = new ArrayList<Value>();
        for (var part : search.parts()) {
            var map = graph.output(part.tensor());
            if (!map.isInOrderWhole()) {
                throw new BadValueException("has predictions \"" + part.tensor() + "\" of " + map
                        + " whose values are not in order: row by row, the values of each pixel together");
            }
            values.add(new Value(map.id(), map.shape()));
        }
        return values;
    }

    /// What the scores are; empty if the file does not say.
    Optional<BoxOutputs.Scores> meaning(OnnxGraph graph) {
        return switch (scores.activation()) {
            case SIGMOID -> Optional.of(BoxOutputs.Scores.LOGITS);
            case SOFTMAX -> Optional.of(BoxOutputs.Scores.EXCLUSIVE_LOGITS);
            case MOVE, JOIN, OTHER ->
                endsInProbabilities(graph) ? Optional.of(BoxOutputs.Scores.PROBABILITIES) : Optional.empty();
        };
    }

    private boolean endsInProbabilities(OnnxGraph graph) {
        int id = graph.output(scores.parts().getFirst().tensor()).id();
        var layers = id == 0 ? List.<Layer>of() : graph.nodes().get(id - 1).layers();
        return !layers.isEmpty() && layers.getLast().is(Trait.PROBABILITIES);
    }

    /// Anchors among the outputs, in the order of the rows.
    Optional<Tensor> anchors(OnnxGraph graph, int count) {
        Map<String, Tensor> found = new HashMap<>();
        for (var output : file.graph().getOutputList()) {
            var constant = graph.constant(output.getName());
            if (constant != null && constant.dims().size() <= ROWS_RANK) {
                var values = constant.floats();
                if (values.size() == count * BoxOutputs.VALUES && values.dims().getLast() == BoxOutputs.VALUES) {
                    found.put(output.getName(), values);
                }
            }
        }
        return found.size() == 1 ? Optional.of(found.values().iterator().next()) : Optional.empty();
    }
}
