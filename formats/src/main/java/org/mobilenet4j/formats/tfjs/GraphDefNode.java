package org.mobilenet4j.formats.tfjs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;

/// A node of a TensorFlow graph.
///
/// @param name unique
/// @param op its operator, such as `Conv2D`
/// @param inputs names of the nodes whose first output it reads, without control inputs
/// @param attributes its settings, each an object with a field for its type: `{"s": ...}`
record GraphDefNode(String name, String op, List<String> inputs, JsonFields attributes) {
    GraphDefNode {
        inputs = List.copyOf(inputs);
    }

    static GraphDefNode parse(JsonFields json) {
        var name = json.text("name");
        var what = "the node " + name;
        var inputs = new ArrayList<String>();
        for (var input : json.has("input") ? json.texts("input") : List.<String>of()) {
            if (input.startsWith("^")) {
                continue;
            }
            int colon = input.lastIndexOf(':');
            if (colon > 0 && !input.endsWith(":0")) {
                throw new BadValueException(what + " reads " + input + "; only first outputs are supported");
            }
            inputs.add(colon > 0 ? input.substring(0, colon) : input);
        }
        var attributes = json.has("attr") ? json.object("attr", what) : JsonFields.of(Map.of(), what);
        return new GraphDefNode(name, json.text("op"), inputs, attributes);
    }

    /// The name of the node it reads at `position`.
    String input(int position) {
        if (position < 0 || inputs.size() <= position) {
            throw odd("its input " + position + " is missing");
        }
        return inputs.get(position);
    }

    /// A window of `rows` and `columns` with the strides, dilations and padding of the attributes.
    Window window(int rows, int columns) {
        var strides = wholes("strides", List.of(1, 1, 1, 1));
        var dilations = wholes("dilations", List.of(1, 1, 1, 1));
        requireChannelsLast();
        if (strides.size() != 4 || dilations.size() != 4) {
            throw odd("its strides " + strides + " or dilations " + dilations + " are not lists of four");
        }
        if (!dilations.get(1).equals(dilations.get(2))) {
            throw odd("its dilations " + dilations + " differ between rows and columns; only equal ones are supported");
        }
        return new Window(rows, columns, strides.get(1), strides.get(2), dilations.get(1), padding());
    }

    private Padding padding() {
        var padding = text("padding", "VALID");
        return switch (padding) {
            case "SAME" -> Padding.SAME;
            case "VALID" -> Padding.VALID;
            case "EXPLICIT" -> {
                var sides = wholes("explicit_paddings", List.of());
                if (sides.size() != 8) {
                    throw odd("its explicit padding is " + sides);
                }
                yield new Padding.Explicit(sides.get(2), sides.get(3), sides.get(4), sides.get(5));
            }
            default -> throw odd("its padding is " + padding + "; only SAME, VALID and EXPLICIT are supported");
        };
    }

    void requireChannelsLast() {
        if (!text("data_format", "NHWC").equals("NHWC")) {
            throw odd("its data format is " + text("data_format", "") + "; only NHWC is supported");
        }
    }

    /// A string, which is stored as Base64.
    String text(String attribute, String otherwise) {
        var value = value(attribute, "s");
        return value == null ? otherwise : decoded(value);
    }

    /// A list of strings.
    List<String> texts(String attribute) {
        var all = new ArrayList<String>();
        for (var item : list(attribute, "s")) {
            all.add(decoded(item));
        }
        return all;
    }

    boolean flag(String attribute) {
        return Boolean.TRUE.equals(value(attribute, "b"));
    }

    /// An integer, a JSON number or string; `otherwise` if it is missing.
    int whole(String attribute, int otherwise) {
        var value = value(attribute, "i");
        return value == null ? otherwise : whole(value);
    }

    /// A data type, such as `DT_INT32`, or its number; empty if it is missing.
    String type(String attribute) {
        var value = value(attribute, "type");
        return value == null ? "" : value.toString();
    }

    double number(String attribute, double otherwise) {
        return value(attribute, "f") instanceof Number number ? number.doubleValue() : otherwise;
    }

    /// A list of integers, each a JSON number or string.
    List<Integer> wholes(String attribute, List<Integer> otherwise) {
        var items = list(attribute, "i");
        return items.isEmpty() ? otherwise : items.stream().map(this::whole).toList();
    }

    /// The dimensions of a placeholder, -1 for unknown ones; empty if the shape is unknown.
    List<Integer> shape() {
        if (!attributes.has("shape")) {
            return List.of();
        }
        var shape = attributes.object("shape", toString());
        var dims = shape.has("shape") ? shape.object("shape", toString()) : shape;
        return dims.has("dim")
                ? dims.list("dim").stream()
                        .map(dim -> JsonFields.of(dim, toString()))
                        .map(dim -> dim.has("size") ? whole(dim.value("size")) : -1)
                        .toList()
                : List.of();
    }

    /// The exception for something unsupported or wrong in this node.
    BadValueException odd(String problem) {
        return new BadValueException(this + " cannot be read: " + problem);
    }

    /// `the node conv1 (Conv2D)`, for messages.
    @Override
    public String toString() {
        return "the node " + name + " (" + op + ")";
    }

    private @Nullable Object value(String attribute, String type) {
        return attributes.has(attribute)
                ? attributes.object(attribute, toString()).value(type)
                : null;
    }

    private List<?> list(String attribute, String type) {
        if (!attributes.has(attribute)) {
            return List.of();
        }
        var field = attributes.object(attribute, toString());
        if (!field.has("list")) {
            return List.of();
        }
        var list = field.object("list", toString());
        return list.has(type) ? list.list(type) : List.of();
    }

    private int whole(@Nullable Object value) {
        return switch (value) {
            case Long number -> BadValueException.toInt(number);
            case String text when text.matches("-?\\d{1,9}") -> Integer.parseInt(text);
            case null, default -> throw odd("it has " + value + " where an integer is needed");
        };
    }

    private String decoded(@Nullable Object value) {
        if (!(value instanceof String text)) {
            throw odd("one of its strings is not a string");
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw odd("one of its strings is not Base64 (" + e.getMessage() + ")");
        }
    }
}
