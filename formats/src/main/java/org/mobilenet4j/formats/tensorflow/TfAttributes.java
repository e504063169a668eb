package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The attributes of nodes as they are in JSON, where texts are Base64: what the reader of graphs takes, since
/// TensorFlow.js has the same graphs in JSON.
final class TfAttributes {
    private final Proto proto;

    TfAttributes(Proto proto) {
        this.proto = proto;
    }

    /// The node called `name` with the inputs `inputs`, and the attributes of `node`.
    Map<String, @Nullable Object> node(TfNode node, String name, List<String> inputs) {
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        node.attributes().forEach((key, value) -> attributes.put(key, value(value)));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", name);
        json.put("op", node.op());
        json.put("input", inputs);
        json.put("attr", attributes);
        return json;
    }

    /// A message `AttrValue`. Tensors are left out: they are weights.
    private Map<String, @Nullable Object> value(MemorySegment bytes) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        for (var field : proto.fields(bytes)) {
            switch (field.number()) {
                case 1 -> json.put("list", list(field.bytes()));
                case 2 -> json.put("s", base64(field));
                case 3 -> json.put("i", field.value());
                case 4 -> json.put("f", (double) Float.intBitsToFloat((int) field.value()));
                case 5 -> json.put("b", field.value() != 0);
                case 6 -> json.put("type", field.value());
                case 7 -> json.put("shape", shape(field.bytes()));
                default -> {} // tensors, functions
            }
        }
        return json;
    }

    private Map<String, @Nullable Object> list(MemorySegment bytes) {
        var texts = new ArrayList<Object>();
        var wholes = new ArrayList<Object>();
        for (var field : proto.fields(bytes)) {
            if (field.number() == 2) {
                texts.add(base64(field));
            } else if (field.number() == 3) {
                wholes.addAll(field.numbers());
            }
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put(texts.isEmpty() ? "i" : "s", texts.isEmpty() ? wholes : texts);
        return json;
    }

    private Map<String, @Nullable Object> shape(MemorySegment bytes) {
        var dims = new ArrayList<Object>();
        for (long dim : dims(proto, bytes)) {
            dims.add(Map.of("size", dim));
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("dim", dims);
        return json;
    }

    /// The sizes in a message `TensorShapeProto`, -1 where one is open.
    static List<Long> dims(Proto proto, MemorySegment bytes) {
        var dims = new ArrayList<Long>();
        for (var field : proto.fields(bytes)) {
            if (field.number() == 2) {
                long size = 0;
                for (var part : proto.fields(field.bytes())) {
                    size = part.number() == 1 ? part.value() : size;
                }
                dims.add(size);
            }
        }
        return dims;
    }

    private static String base64(Proto.Field field) {
        return Base64.getEncoder().encodeToString(field.bytes().toArray(ValueLayout.JAVA_BYTE));
    }
}
