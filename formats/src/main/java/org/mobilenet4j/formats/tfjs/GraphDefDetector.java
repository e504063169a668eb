package org.mobilenet4j.formats.tfjs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.HeadSearch;
import org.mobilenet4j.formats.graph.HeadSearch.Kind;
import org.mobilenet4j.formats.graph.HeadSearch.Operation;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.formats.graph.NetworkBuilder.Value;
import org.mobilenet4j.model.BoxOutputs;

/// The end of a detector in a TensorFlow graph: rows of box encodings and of scores of several feature maps.
final class GraphDefDetector {
    private static final Set<String> MOVES = Set.of("Reshape", "Squeeze", "ExpandDims", "Identity");

    private final HeadSearch boxes;
    private final HeadSearch scores;

    /// @param boxes the node that joins the encodings
    /// @param scores the node that joins the scores
    GraphDefDetector(GraphDef graph, String boxes, String scores) {
        HeadSearch.Graph nodes =
                name -> Optional.ofNullable(graph.nodes().get(name)).map(this::operation);
        this.boxes = HeadSearch.of(nodes, boxes, false);
        this.scores = HeadSearch.of(nodes, scores, false);
    }

    private Operation operation(GraphDefNode node) {
        var inputs = node.inputs();
        if (node.op().equals("ConcatV2") && inputs.size() > 1) {
            return new Operation(node.name(), Kind.JOIN, inputs.subList(0, inputs.size() - 1));
        }
        boolean moves = MOVES.contains(node.op()) && !inputs.isEmpty();
        return new Operation(
                node.name(), moves ? Kind.MOVE : Kind.OTHER, moves ? List.of(inputs.getFirst()) : List.of());
    }

    /// Whether `node` is read here.
    boolean takes(GraphDefNode node) {
        return boxes.operations().contains(node.name()) || scores.operations().contains(node.name());
    }

    /// The heads, once all feature maps are there.
    Heads heads(GraphDefMaps maps) {
        var encodings = values(maps, boxes);
        var predictions = values(maps, scores);
        long anchors = elements(encodings) / BoxOutputs.VALUES;
        long all = elements(predictions);
        if (anchors < 1 || anchors > BoxOutputs.MOST_ANCHORS || all % anchors != 0) {
            throw new BadValueException("has " + anchors + " boxes and " + all
                    + " scores; a detector has as many for each box, and up to " + BoxOutputs.MOST_ANCHORS + " boxes");
        }
        return Heads.of(maps.builder().nodes(), encodings, predictions, (int) (all / anchors));
    }

    private static List<Value> values(GraphDefMaps maps, HeadSearch search) {
        return search.parts().stream().map(part -> maps.value(part.tensor())).toList();
    }

    private static long elements(List<Value> values) {
        return values.stream().mapToLong(value -> value.shape().elements()).sum();
    }
}
