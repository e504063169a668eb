package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadValueException;

/// A TensorFlow graph (a message `GraphDef`).
///
/// @param nodes by name
/// @param functions that nodes call, by name
record TfGraph(SequencedMap<String, TfNode> nodes, Map<String, Function> functions) {
    /// A function (a message `FunctionDef`).
    ///
    /// @param arguments names of its arguments, in order
    /// @param results names of its results, in order
    /// @param returned what each result is, by its name
    record Function(
            List<String> arguments,
            List<String> results,
            Map<String, String> returned,
            SequencedMap<String, TfNode> nodes) {}

    static TfGraph parse(Proto proto, MemorySegment bytes) {
        var nodes = new LinkedHashMap<String, TfNode>();
        var functions = new HashMap<String, Function>();
        for (var field : proto.fields(bytes)) {
            if (field.number() == 1) {
                put(nodes, TfNode.parse(proto, field.bytes()));
            } else if (field.number() == 2) {
                for (var inner : proto.fields(field.bytes())) {
                    if (inner.number() == 1) {
                        putFunction(proto, inner.bytes(), functions);
                    }
                }
            }
        }
        return new TfGraph(nodes, functions);
    }

    private static void put(SequencedMap<String, TfNode> nodes, TfNode node) {
        if (node.name().isEmpty() || node.op().isEmpty()) {
            throw new BadValueException("is not a TensorFlow graph, or is damaged: a node has no name or no operator");
        }
        if (nodes.put(node.name(), node) != null) {
            throw new BadValueException("has two nodes called \"" + node.name() + "\"");
        }
    }

    private static void putFunction(Proto proto, MemorySegment bytes, Map<String, Function> functions) {
        String name = "";
        var arguments = new ArrayList<String>();
        var results = new ArrayList<String>();
        var returned = new HashMap<String, String>();
        var nodes = new LinkedHashMap<String, TfNode>();
        for (var field : proto.fields(bytes)) {
            switch (field.number()) {
                case 1 -> {
                    for (var part : proto.fields(field.bytes())) {
                        switch (part.number()) {
                            case 1 -> name = part.text();
                            case 2 -> arguments.add(nameOf(proto, part.bytes()));
                            case 3 -> results.add(nameOf(proto, part.bytes()));
                            default -> {} // documentation and types
                        }
                    }
                }
                case 3 -> put(nodes, TfNode.parse(proto, field.bytes()));
                case 4 -> {
                    var entry = new HashMap<String, MemorySegment>();
                    TfNode.putEntry(proto, field.bytes(), entry);
                    entry.forEach((key, value) -> returned.put(key, new Proto.Field(2, 0, value).text()));
                }
                default -> {} // attributes
            }
        }
        functions.put(name, new Function(arguments, results, returned, nodes));
    }

    private static String nameOf(Proto proto, MemorySegment bytes) {
        for (var field : proto.fields(bytes)) {
            if (field.number() == 1) {
                return field.text();
            }
        }
        return "";
    }
}
