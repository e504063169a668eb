package org.mobilenet4j.formats.tensorflow;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// Where names of nodes hold: a graph, or one call of a function.
final class TfScope {
    /// Limit on calls within calls. A function that calls itself would have no end.
    private static final int MAX_DEPTH = 32;

    private final TfGraph graph;
    private final @Nullable TfScope caller;
    private final Map<String, TfNode> nodes;
    private final String prefix;
    private final int depth;

    /// What the caller passes for each argument, by the argument's name.
    private final Map<String, String> arguments = new HashMap<>();

    private final Map<String, TfScope> calls = new HashMap<>();

    /// A value: the output `output` of a node, by name or by number.
    record Ref(TfScope scope, String node, String output) {}

    TfScope(TfGraph graph) {
        this(graph, null, graph.nodes(), "", 0);
    }

    private TfScope(TfGraph graph, @Nullable TfScope caller, Map<String, TfNode> nodes, String prefix, int depth) {
        this.graph = graph;
        this.caller = caller;
        this.nodes = nodes;
        this.prefix = prefix;
        this.depth = depth;
    }

    /// The value that `text` says: `node` or `node:1` in a graph, `argument` or `node:output:1` in a function, where
    /// the
    /// number counts among several values of one output.
    Ref ref(String text) {
        var parts = text.split(":", -1);
        if (caller != null && parts.length == 1 && arguments.containsKey(parts[0])) {
            return caller.ref(arguments.get(parts[0]));
        }
        var output = parts.length < 2 ? "0" : parts.length == 2 || parts[2].equals("0") ? parts[1] : parts[2];
        return new Ref(this, parts[0], output);
    }

    /// The node that makes a value.
    TfNode node(Ref ref) {
        var node = nodes.get(ref.node());
        if (node == null) {
            throw new BadValueException("has a node that reads \"" + prefix + ref.node() + "\", which is not a node");
        }
        return node;
    }

    /// The name of a node of this scope in a graph without functions.
    String nameOf(TfNode node) {
        return prefix + node.name();
    }

    /// What a call of the function `name` by `node` returns as `output`.
    Ref returned(TfNode node, String name, String output) {
        var function = graph.functions().get(name);
        if (function == null) {
            throw node.odd("it calls the function \"" + name + "\", which the file does not have");
        }
        var call = calls.computeIfAbsent(node.name(), _ -> call(node, function));
        int number = output.matches("\\d{1,6}") ? Integer.parseInt(output) : 0; // "output" is the list of all
        var result = number < function.results().size()
                ? function.returned().get(function.results().get(number))
                : null;
        if (result == null) {
            throw node.odd("its function has no output " + output);
        }
        return call.ref(result);
    }

    private TfScope call(TfNode node, TfGraph.Function function) {
        if (depth == MAX_DEPTH) {
            throw node.odd("functions call each other more than " + MAX_DEPTH + " deep");
        }
        var call = new TfScope(graph, this, function.nodes(), prefix + node.name() + "/", depth + 1);
        for (int i = 0; i < Math.min(function.arguments().size(), node.inputs().size()); i++) {
            call.arguments.put(function.arguments().get(i), node.input(i));
        }
        return call;
    }
}
