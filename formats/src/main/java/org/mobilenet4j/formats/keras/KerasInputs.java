package org.mobilenet4j.formats.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;

/// Reads the inputs of a layer of a functional Keras model. Keras 2 lists name, node, tensor and arguments; Keras 3 has
/// the arguments of the call, with tensors that contain their history.
final class KerasInputs {
    private KerasInputs() {}

    /// The names of a layer's inputs, in order; empty for an input layer.
    ///
    /// @throws IllegalArgumentException if the layer is used in several places, or its inputs are malformed
    static List<String> of(JsonFields layer) {
        var nodes = layer.has("inbound_nodes") ? layer.list("inbound_nodes") : List.of();
        if (nodes.size() > 1) {
            throw new BadValueException("uses the layer " + layer.text("name", layer.text("class_name")) + " in "
                    + nodes.size() + " places; only layers that are used once are supported");
        }
        var names = new ArrayList<String>();
        for (var node : nodes) {
            if (node instanceof Map<?, ?>) {
                var call = JsonFields.of(node, "a layer's inputs");
                collect(call.value("args"), names);
                collect(call.value("kwargs"), names);
            } else if (node instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof String) {
                addOperands(list, names);
            } else if (node instanceof List<?> list) {
                list.forEach(item -> addOperands(item, names));
            }
        }
        return names;
    }

    /// An input, and what the layer's arguments name beside it.
    private static void addOperands(@Nullable Object item, List<String> names) {
        if (!(item instanceof List<?> list && KerasCall.isConstant(list))) {
            names.add(history(item));
        }
        if (item instanceof List<?> list && list.size() > 3 && list.get(3) instanceof Map<?, ?> arguments) {
            arguments.values().stream().filter(KerasCall::isHistory).forEach(value -> names.add(history(value)));
        }
    }

    /// The name of the only layer in the list called `field`.
    static String single(JsonFields config, String field) {
        var list = config.list(field);
        if (!list.isEmpty() && list.getFirst() instanceof String) {
            return history(list);
        }
        if (list.size() != 1) {
            throw new BadValueException(
                    "is a Keras model with " + list.size() + " " + field.replace('_', ' ') + "; only one is supported");
        }
        return history(list.getFirst());
    }

    /// Tensors are nested in lists and objects of arguments; the depth of JSON is bounded.
    private static void collect(@Nullable Object value, List<String> names) {
        switch (value) {
            case Map<?, ?> map
            when "__keras_tensor__".equals(map.get("class_name")) ->
                names.add(history(JsonFields.of(map.get("config"), "a tensor").list("keras_history")));
            case Map<?, ?> map -> map.values().forEach(inner -> collect(inner, names));
            case List<?> list -> list.forEach(inner -> collect(inner, names));
            case null, default -> {}
        }
    }

    private static String history(@Nullable Object value) {
        if (value instanceof List<?> list
                && list.size() >= 3
                && list.get(0) instanceof String name
                && list.get(2) instanceof Long tensor
                && tensor == 0) {
            return name;
        }
        throw new BadValueException("has a layer that reads " + value + "; only layers with one output are supported");
    }
}
