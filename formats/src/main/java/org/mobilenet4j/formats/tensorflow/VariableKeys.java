package org.mobilenet4j.formats.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Under which key the value of each variable is stored. Names do not say it: the graph has nodes that restore all
/// variables from a file, and these do.
final class VariableKeys {
    private static final String RESTORE = "RestoreV2";

    private final Proto proto;
    private final Map<String, String> keys = new HashMap<>();

    private VariableKeys(Proto proto) {
        this.proto = proto;
    }

    /// The keys of the variables of `graph` by the names of their nodes, as far as it restores them. Nodes with the
    /// same
    /// `shared_name` are one variable.
    static Map<String, String> of(Proto proto, TfGraph graph) {
        var reader = new VariableKeys(proto);
        reader.assigned(graph.nodes()).forEach(reader.keys::putIfAbsent);
        graph.functions().forEach((name, function) -> {
            var assigned = reader.assigned(function.nodes());
            if (!assigned.isEmpty()) {
                graph.nodes().values().forEach(node -> reader.called(node, name, function, assigned));
            }
        });
        var shared = new HashMap<String, String>();
        graph.nodes().values().forEach(node -> {
            var key = reader.keys.get(node.name());
            if (key != null) {
                shared.putIfAbsent(sharedName(proto, node), key);
            }
        });
        graph.nodes().values().forEach(node -> {
            var key = shared.get(sharedName(proto, node));
            if (key != null && node.op().equals("VarHandleOp")) {
                reader.keys.putIfAbsent(node.name(), key);
            }
        });
        return reader.keys;
    }

    /// What a variable is called when the program runs.
    private static String sharedName(Proto proto, TfNode node) {
        var name = node.attribute(proto, "shared_name", 2);
        return name == null || name.bytes().byteSize() == 0 ? node.name() : name.text();
    }

    /// What `nodes` assign: keys by what is assigned to.
    private Map<String, String> assigned(SequencedMap<String, TfNode> nodes) {
        var assigned = new HashMap<String, String>();
        var restores = new HashMap<String, List<String>>();
        for (var node : nodes.values()) {
            if (!node.op().equals("AssignVariableOp") && !node.op().equals("Assign")) {
                continue;
            }
            var value = node.input(1);
            var source = nodes.get(base(value));
            if (source != null && source.op().equals("Identity")) {
                value = source.input(0);
                source = nodes.get(base(value));
            }
            if (source == null || !source.op().equals(RESTORE)) {
                continue;
            }
            var restore = source;
            var names = restores.computeIfAbsent(restore.name(), _ -> names(nodes.get(base(restore.input(1)))));
            var number = value.substring(value.lastIndexOf(':') + 1);
            int place = number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
            if (place < names.size()) {
                assigned.put(base(node.input(0)), names.get(place));
            }
        }
        return assigned;
    }

    private void called(TfNode node, String name, TfGraph.Function function, Map<String, String> assigned) {
        var called = node.attribute(proto, "f", 10);
        if (called == null
                || proto.fields(called.bytes()).stream()
                        .noneMatch(field -> field.number() == 1 && field.text().equals(name))) {
            return;
        }
        for (int i = 0; i < Math.min(function.arguments().size(), node.inputs().size()); i++) {
            var key = assigned.get(function.arguments().get(i));
            if (key != null) {
                keys.putIfAbsent(base(node.input(i)), key);
            }
        }
    }

    private static String base(String input) {
        int colon = input.indexOf(':');
        return colon < 0 ? input : input.substring(0, colon);
    }

    /// The texts of a constant.
    private List<String> names(@Nullable TfNode constant) {
        var names = new ArrayList<String>();
        var tensor = constant == null ? null : constant.attribute(proto, "value", 8);
        if (tensor != null) {
            for (var field : proto.fields(tensor.bytes())) {
                if (field.number() == 8) {
                    names.add(field.text());
                }
            }
        }
        return names;
    }
}
