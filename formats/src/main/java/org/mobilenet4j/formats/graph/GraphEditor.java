package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.tensor.Tensor;

/// A graph while it is rewritten: values keep their ids, operations are replaced in their places.
final class GraphEditor {
    private final List<GraphNode> nodes;
    private final BiConsumer<String, Tensor> weights;

    /// By value: how many operations that lead to the output read it; the output counts as one.
    private final int[] readers;

    private final int output;

    /// @param nodes in order of execution
    /// @param output the value that the network ends with; operations that do not lead there do not count
    /// @param weights takes the tensors of new layers, by `layer/parameter`
    GraphEditor(List<GraphNode> nodes, int output, BiConsumer<String, Tensor> weights) {
        this.nodes = new ArrayList<>(nodes);
        this.weights = weights;
        this.output = output;
        this.readers = new int[nodes.size() + 1];
        readers[output] = 1;
        for (int id = nodes.size(); id > 0; id--) {
            if (readers[id] > 0) {
                nodes.get(id - 1).inputs().stream()
                        .filter(input -> input >= 0 && input < readers.length)
                        .forEach(input -> readers[input]++);
            }
        }
    }

    List<GraphNode> nodes() {
        return List.copyOf(nodes);
    }

    /// Whether the output depends on value `id`.
    boolean isUsed(int id) {
        return readers[id] > 0;
    }

    /// Whether value `id` is the output, or becomes it by operations that change nothing.
    boolean isEnd(int id) {
        int value = output;
        while (value > id && isEmpty(node(value))) {
            value = node(value).inputs().getFirst();
        }
        return value == id;
    }

    /// The operation that computes value `id`.
    GraphNode node(int id) {
        return nodes.get(id - 1);
    }

    void set(int id, GraphNode node) {
        nodes.set(id - 1, node);
    }

    void weight(String layer, String parameter, Tensor tensor) {
        weights.accept(layer + "/" + parameter, tensor);
    }

    /// The value that operation `id` reads, if it reads only one and no other operation reads that: [Node#INPUT], or an
    /// operation that may then be changed. Operations that change nothing are passed over. -1 if there is none.
    int before(int id) {
        int value = id;
        do {
            if (node(value).join() != null) {
                return -1;
            }
            value = node(value).inputs().getFirst();
            if (readers[value] != 1) {
                return -1;
            }
        } while (value != Node.INPUT && isEmpty(node(value)));
        return value;
    }

    private static boolean isEmpty(GraphNode node) {
        return node.join() == null && node.layers().isEmpty() && node.idiom() == null;
    }
}
