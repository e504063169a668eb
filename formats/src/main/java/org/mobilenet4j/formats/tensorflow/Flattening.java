package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;
import org.mobilenet4j.formats.tensorflow.TfScope.Ref;
import org.mobilenet4j.formats.tfjs.TfjsWeights;

/// Makes of a graph the nodes that its outputs need, without functions, variables and nodes that only pass values on: a
/// frozen graph as TensorFlow.js has it.
final class Flattening {
    /// Limit on values: small files could ask for the same function over and over.
    private static final int MAX_VALUES = 1 << 17;

    /// Values that small constants may repeat.
    private static final long MIN_VALUES = 1 << 20;

    private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

    /// Nodes whose first output is their first input.
    private static final Set<String> PASSING = Set.of(
            "Identity",
            "ReadVariableOp",
            "StopGradient",
            "PreventGradient",
            "CheckNumerics",
            "Snapshot",
            "EnsureShape",
            "PlaceholderWithDefault");

    /// Training for integers rounds values by these, to ranges that come as further inputs.
    private static final Set<String> ROUNDING =
            Set.of("FakeQuantWithMinMaxArgs", "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxVarsPerChannel");

    private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");

    /// The values of variables.
    interface Variables {
        /// The value of the variable that `node` is; empty if it is not known.
        Optional<TfTensor> value(TfNode node);
    }

    private final Proto proto;
    private final Variables variables;
    private final TfAttributes attributes;
    private final TfjsWeights weights = new TfjsWeights();
    private final List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
    private final Map<Ref, String> names = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private long valuesLeft;
    private boolean isRounded;

    /// @param bytes size of the file, which bounds what is made of it
    Flattening(Proto proto, Variables variables, long bytes) {
        this.proto = proto;
        this.variables = variables;
        this.attributes = new TfAttributes(proto);
        this.valuesLeft = Math.max(MIN_VALUES, bytes);
    }

    /// Adds `output` and everything that it depends on.
    ///
    /// @throws IllegalArgumentException if something is missing, or depends on itself
    void add(Ref output) {
        var open = new ArrayDeque<Ref>();
        var path = new HashSet<Ref>();
        open.push(output);
        while (!open.isEmpty()) {
            var ref = open.peek();
            var needed = names.containsKey(ref) ? List.<Ref>of() : needed(ref);
            var missing =
                    needed.stream().filter(other -> !names.containsKey(other)).toList();
            if (!missing.isEmpty() && !path.add(ref)) {
                throw new BadValueException("is a graph with a cycle; only graphs without cycles are supported");
            }
            if (missing.isEmpty()) {
                open.pop();
                path.remove(ref);
                names.computeIfAbsent(ref, _ -> make(ref, needed));
            } else {
                missing.forEach(open::push);
            }
            if (names.size() + open.size() > MAX_VALUES) {
                throw new BadValueException("has more than " + MAX_VALUES + " values, which is the limit");
            }
        }
    }

    /// The graph, in the form that TensorFlow.js has.
    JsonFields topology() {
        var json = new HashMap<String, @Nullable Object>();
        json.put("node", nodes);
        return JsonFields.of(json, "the graph");
    }

    /// The constants of the graph.
    TfjsWeights weights() {
        return weights;
    }

    /// Whether a node was passed through that rounds as integers do.
    boolean isRounded() {
        return isRounded;
    }

    private static boolean isPassing(TfNode node) {
        return PASSING.contains(node.op()) || ROUNDING.contains(node.op());
    }

    private List<Ref> needed(Ref ref) {
        var scope = ref.scope();
        var node = scope.node(ref);
        if (CALLS.contains(node.op())) {
            return List.of(scope.returned(node, function(node), ref.output()));
        }
        if (node.op().equals("IdentityN")) {
            return List.of(
                    scope.ref(node.input(ref.output().matches("\\d{1,6}") ? Integer.parseInt(ref.output()) : 0)));
        }
        if (isPassing(node)) {
            isRounded |= ROUNDING.contains(node.op());
            return List.of(scope.ref(node.input(0)));
        }
        return node.inputs().stream().map(scope::ref).toList();
    }

    private String function(TfNode node) {
        var function = node.attribute(proto, "f", 10);
        if (function != null) {
            for (var field : proto.fields(function.bytes())) {
                if (field.number() == 1) {
                    return field.text();
                }
            }
        }
        throw node.odd("it does not say which function it calls");
    }

    private String make(Ref ref, List<Ref> needed) {
        var scope = ref.scope();
        var node = scope.node(ref);
        if (CALLS.contains(node.op()) || isPassing(node) || node.op().equals("IdentityN")) {
            return nameOf(needed.getFirst());
        }
        boolean isFirst = ref.output().equals("0")
                || (!ref.output().matches("\\d+")
                        && (ref.output().equals("y") || !node.op().startsWith("FusedBatch")));
        if (!isFirst) {
            throw node.odd("its output " + ref.output() + " is used; only first outputs are supported");
        }
        var name = scope.nameOf(node);
        if (made.add(name)) {
            if (node.op().equals("Const")) {
                addConstant(node, name);
            } else if (VARIABLES.contains(node.op())) {
                addVariable(node, name);
            } else {
                nodes.add(attributes.node(
                        node, name, needed.stream().map(this::nameOf).toList()));
            }
        }
        return name;
    }

    private String nameOf(Ref ref) {
        var name = names.get(ref);
        if (name == null) {
            throw new IllegalStateException(ref.node() + " was not made");
        }
        return name;
    }

    private void addConstant(TfNode node, String name) {
        nodes.add(attributes.node(node, name, List.of()));
        var tensor = node.attribute(proto, "value", 8);
        var type = node.attribute(proto, "dtype", 6);
        if (tensor == null || (type != null && type.value() == 7)) {
            return; // a text, which no layer needs
        }
        try {
            put(name, TfTensor.parse(proto, tensor.bytes(), valuesLeft));
        } catch (BadValueException e) {
            throw node.odd("it " + e.getMessage());
        }
    }

    private void addVariable(TfNode node, String name) {
        var value = variables
                .value(node)
                .orElseThrow(() -> node.odd("it is a variable, and its value is not in the file; freeze the graph, or"
                        + " give the folder of the SavedModel"));
        nodes.add(attributes.node(
                new TfNode(node.name(), "Const", List.of(), Map.<String, MemorySegment>of()), name, List.of()));
        put(name, value);
    }

    private void put(String name, TfTensor tensor) {
        valuesLeft -= tensor.bytes().byteSize() / Integer.BYTES;
        weights.put(name, tensor.type(), tensor.dims(), tensor.bytes());
    }
}
