package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.NetworkBuilder.Value;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// The predictions of a detector that is read, map by map: as one vector they are the network's output, see
/// [BoxOutputs].
///
/// Maps are joined from the last to the first, each with all that follows it, so that the graph stays a tree.
public final class Heads {
    /// @param row the number of anchors before it in the file
    private record Head(Value boxes, Value scores, int tap, int row, int anchors) {}

    private final List<Head> heads;
    private final int width;

    private Heads(List<Head> heads, int width) {
        this.heads = heads;
        this.width = width;
    }

    /// The heads of a graph.
    ///
    /// @param nodes of the graph
    /// @param boxes predictions of each map, in the order of the file's rows
    /// @param width number of scores of each anchor
    /// @throws IllegalArgumentException if boxes and scores do not fit together
    public static Heads of(List<GraphNode> nodes, List<Value> boxes, List<Value> scores, int width) {
        if (boxes.size() != scores.size()) {
            throw new BadValueException(
                    "has boxes of " + boxes.size() + " feature maps, but scores of " + scores.size());
        }
        var taps = new Taps(nodes);
        var heads = new ArrayList<Head>();
        int row = 0;
        for (int i = 0; i < boxes.size(); i++) {
            int values = boxes.get(i).shape().elements();
            int given = scores.get(i).shape().elements();
            int anchors = values / BoxOutputs.VALUES;
            if (anchors * BoxOutputs.VALUES != values || (long) anchors * width != given) {
                throw new BadValueException("has " + values + " values of boxes and " + given
                        + " scores of feature map " + (i + 1) + ", which are not 4 and " + width + " for each anchor");
            }
            heads.add(new Head(boxes.get(i), scores.get(i), taps.of(boxes.get(i).id()), row, anchors));
            row += anchors;
        }
        heads.sort(Comparator.comparingInt(Head::tap));
        return new Heads(heads, width);
    }

    /// Joins all predictions.
    ///
    /// @param nodes where operations are appended
    /// @param names a name like the one given that no layer has yet
    /// @return the id of the result
    public int append(List<GraphNode> nodes, UnaryOperator<String> names) {
        var joins = heads.stream().map(_ -> names.apply("outputs")).toList();
        int all = Node.INPUT;
        for (int i = heads.size() - 1; i >= 0; i--) {
            var parts = new ArrayList<>(List.of(
                    flat(heads.get(i).boxes(), nodes, names), flat(heads.get(i).scores(), nodes, names)));
            if (i < heads.size() - 1) {
                parts.add(all);
            }
            nodes.add(GraphNode.joining(joins.get(i), Parallel.Join.CONCATENATE, parts));
            all = nodes.size();
        }
        return all;
    }

    private static int flat(Value value, List<GraphNode> nodes, UnaryOperator<String> names) {
        if (value.shape().pixels() == 1) {
            return value.id();
        }
        var flat = new Flatten(names.apply("flatten"));
        nodes.add(GraphNode.of(flat.name(), value.id(), flat));
        return nodes.size();
    }

    /// Number of anchors of each map, in the order of the outputs.
    public List<Integer> maps() {
        return heads.stream().map(Head::anchors).toList();
    }

    /// The number of anchors.
    public int count() {
        return heads.stream().mapToInt(Head::anchors).sum();
    }

    /// The number of scores of each anchor.
    public int width() {
        return width;
    }

    /// Anchors in the order of the outputs.
    ///
    /// @param given in the order of the file's rows
    /// @throws IllegalArgumentException if they are not as many
    public Tensor ordered(Tensor given) {
        int count = count();
        if (given.size() != count * BoxOutputs.VALUES || given.dims().getLast() != BoxOutputs.VALUES) {
            throw new BadValueException("has anchors of " + Tensor.text(given.dims()) + " for " + count + " boxes");
        }
        var values = new float[given.size()];
        int at = 0;
        for (var head : heads) {
            int size = head.anchors() * BoxOutputs.VALUES;
            given.copyTo(head.row() * BoxOutputs.VALUES, values, at, size);
            at += size;
        }
        return Tensor.of(values, count, BoxOutputs.VALUES);
    }

    /// SSD's anchors, if each map has as many as SSD has.
    public Optional<Tensor> ssdAnchors() {
        var shapes = heads.stream().map(head -> head.boxes().shape()).toList();
        return SsdAnchors.counts(shapes).equals(maps()) ? Optional.of(SsdAnchors.of(shapes)) : Optional.empty();
    }

    /// The shapes of the maps, for messages.
    public List<Shape> shapes() {
        return heads.stream().map(head -> head.boxes().shape()).toList();
    }

    /// From which value a head branches off.
    private static final class Taps {
        private final List<GraphNode> nodes;
        private final Map<Integer, Integer> readers = new HashMap<>();

        Taps(List<GraphNode> nodes) {
            this.nodes = nodes;
            nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        }

        /// The first value above `id` that others read too.
        int of(int id) {
            int value = id;
            while (value != Node.INPUT) {
                value = nodes.get(value - 1).inputs().getFirst();
                if (readers.getOrDefault(value, 0) > 1) {
                    break;
                }
            }
            return value;
        }
    }
}
