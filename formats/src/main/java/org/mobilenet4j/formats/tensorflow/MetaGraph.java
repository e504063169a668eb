package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// What a SavedModel serves.
///
/// @param graph all of its nodes and functions
/// @param output the value that its default signature returns, as `node:0`
record MetaGraph(TfGraph graph, String output) {
    private static final String SERVE = "serve";
    private static final String DEFAULT = "serving_default";

    /// The graph for serving in the message `SavedModel`.
    ///
    /// @throws IllegalArgumentException if it has none, or its signature has several outputs
    static MetaGraph parse(Proto proto, MemorySegment bytes) {
        var all = new ArrayList<List<Proto.Field>>();
        for (var field : proto.fields(bytes)) {
            if (field.number() == 2) {
                all.add(proto.fields(field.bytes()));
            }
        }
        for (var meta : all) {
            if (all.size() == 1 || isForServing(proto, meta)) {
                return of(proto, meta);
            }
        }
        throw new BadValueException("has " + all.size() + " graphs, none of them for serving; save the model again");
    }

    private static boolean isForServing(Proto proto, List<Proto.Field> meta) {
        return meta.stream()
                .filter(field -> field.number() == 1)
                .flatMap(info -> proto.fields(info.bytes()).stream())
                .anyMatch(field -> field.number() == 4 && field.text().equals(SERVE));
    }

    private static MetaGraph of(Proto proto, List<Proto.Field> meta) {
        var graph = MemorySegment.NULL;
        var signatures = new LinkedHashMap<String, MemorySegment>();
        for (var field : meta) {
            if (field.number() == 2) {
                graph = field.bytes();
            } else if (field.number() == 5) {
                TfNode.putEntry(proto, field.bytes(), signatures);
            }
        }
        signatures.keySet().removeIf(name -> name.startsWith("__"));
        var signature = signatures.containsKey(DEFAULT) || signatures.size() != 1
                ? signatures.get(DEFAULT)
                : signatures.firstEntry().getValue();
        if (signature == null) {
            throw new BadValueException("has the signatures " + signatures.keySet() + ", but not " + DEFAULT
                    + "; save the model with that one");
        }
        return new MetaGraph(TfGraph.parse(proto, graph), output(proto, signature));
    }

    private static String output(Proto proto, MemorySegment signature) {
        Map<String, MemorySegment> outputs = new LinkedHashMap<>();
        for (var field : proto.fields(signature)) {
            if (field.number() == 2) {
                TfNode.putEntry(proto, field.bytes(), outputs);
            }
        }
        if (outputs.size() != 1) {
            throw new BadValueException(
                    "has the outputs " + outputs.keySet() + "; only models with one output are supported");
        }
        for (var field : proto.fields(outputs.values().iterator().next())) {
            if (field.number() == 1) {
                return field.text();
            }
        }
        throw ProtoBytes.damaged();
    }
}
