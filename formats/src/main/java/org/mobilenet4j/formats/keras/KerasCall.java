package org.mobilenet4j.formats.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.formats.file.JsonFields;

/// What a layer of a functional Keras model is called with beside feature maps.
///
/// @param constant a number or numbers in lists; null if there is none
/// @param isConstantFirst whether it comes before the feature map
/// @param arguments those that are named
public record KerasCall(@Nullable Object constant, boolean isConstantFirst, JsonFields arguments) {
    private static final String WHAT = "a layer's arguments";

    /// How Keras 2 writes a first argument that is no tensor.
    private static final String CONSTANT = "_CONSTANT_VALUE";

    /// The only call of `layer`; without anything if there are several or none.
    static KerasCall of(JsonFields layer) {
        var nodes = layer.has("inbound_nodes") ? layer.list("inbound_nodes") : List.of();
        return switch (nodes.size() == 1 ? nodes.getFirst() : null) {
            case Map<?, ?> map -> ofKeras3(JsonFields.of(map, WHAT));
            case List<?> list when !list.isEmpty() && list.getFirst() instanceof List<?> first -> ofKeras2(first);
            case List<?> list -> ofKeras2(list);
            case null, default -> new KerasCall(null, false, JsonFields.of(Map.of(), WHAT));
        };
    }

    /// Name, node, tensor, and named arguments, of which `y` is the second operand.
    private static KerasCall ofKeras2(List<?> item) {
        var arguments = JsonFields.of(item.size() > 3 && item.get(3) instanceof Map<?, ?> map ? map : Map.of(), WHAT);
        if (isConstant(item)) {
            return new KerasCall(item.get(2), true, arguments);
        }
        Object second = arguments.value("y");
        return new KerasCall(isHistory(second) ? null : second, false, arguments);
    }

    private static KerasCall ofKeras3(JsonFields call) {
        var arguments = JsonFields.of(call.value("kwargs") instanceof Map<?, ?> map ? map : Map.of(), WHAT);
        var all = new ArrayList<@Nullable Object>(call.value("args") instanceof List<?> list ? list : List.of());
        for (int i = 0; i < Math.min(2, all.size()); i++) {
            if (all.get(i) instanceof Number || (all.size() == 2 && isArray(all.get(i)))) {
                return new KerasCall(all.get(i), i == 0, arguments);
            }
        }
        return new KerasCall(null, false, arguments);
    }

    private static boolean isArray(@Nullable Object value) {
        return value instanceof Map<?, ?> map && !"__keras_tensor__".equals(map.get("class_name"));
    }

    /// Whether `item`, in place of a layer's name and places, is a constant.
    static boolean isConstant(List<?> item) {
        return item.size() > 2 && CONSTANT.equals(item.getFirst());
    }

    /// Whether `value` names a layer's output.
    static boolean isHistory(@Nullable Object value) {
        return value instanceof List<?> list && list.size() >= 3 && list.getFirst() instanceof String;
    }
}
