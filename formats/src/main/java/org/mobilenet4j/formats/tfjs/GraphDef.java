package org.mobilenet4j.formats.tfjs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;

/// A TensorFlow graph in a TensorFlow.js model.
///
/// @param nodes by name, in an order of execution: every node comes after its inputs
/// @param readers of each node, by its name
record GraphDef(Map<String, GraphDefNode> nodes, Map<String, List<GraphDefNode>> readers) {
    /// Reads the graph of `topology`.
    ///
    /// @throws IllegalArgumentException if a node's input does not exist, or the graph has a cycle
    static GraphDef parse(JsonFields topology) {
        var unordered = new LinkedHashMap<String, GraphDefNode>();
        for (var item : topology.list("node")) {
            var node = GraphDefNode.parse(JsonFields.of(item, "a node"));
            if (unordered.put(node.name(), node) != null) {
                throw new BadValueException("has two nodes called \"" + node.name() + "\"");
            }
        }
        var readers = new HashMap<String, List<GraphDefNode>>();
        for (var node : unordered.values()) {
            for (var input : node.inputs()) {
                if (!unordered.containsKey(input)) {
                    throw node.odd("it reads \"" + input + "\", which is not a node");
                }
                readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
            }
        }
        return new GraphDef(ordered(unordered, readers), readers);
    }

    /// The readers of the node called `name`.
    List<GraphDefNode> readersOf(String name) {
        return readers.getOrDefault(name, List.of());
    }

    private static BadValueException cyclic(Collection<GraphDefNode> nodes) {
        boolean isLoop = nodes.stream().anyMatch(node -> node.op().equals("NextIteration"));
        return new BadValueException(
                isLoop
                        ? "is a graph with loops (NextIteration), as the Object Detection API makes them; they are read"
                                + " in frozen graphs (.pb) and TFLite files only: give one of these of the same network"
                        : "is a graph with a cycle; only graphs without cycles are supported");
    }

    private static Map<String, GraphDefNode> ordered(
            Map<String, GraphDefNode> nodes, Map<String, List<GraphDefNode>> readers) {
        var missing = new HashMap<String, Integer>();
        var ready = new ArrayDeque<GraphDefNode>();
        for (var node : nodes.values()) {
            missing.put(node.name(), node.inputs().size());
            if (node.inputs().isEmpty()) {
                ready.add(node);
            }
        }
        var ordered = new LinkedHashMap<String, GraphDefNode>();
        while (!ready.isEmpty()) {
            var node = ready.remove();
            ordered.put(node.name(), node);
            for (var reader : readers.getOrDefault(node.name(), List.of())) {
                if (missing.merge(reader.name(), -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
        if (ordered.size() < nodes.size()) {
            throw cyclic(nodes.values());
        }
        return ordered;
    }
}
