package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// A node of a TensorFlow graph (a message `NodeDef`).
///
/// @param name unique in its graph or function
/// @param inputs what it reads, as the file says it, without control inputs
/// @param attributes its settings, each a message `AttrValue`
record TfNode(String name, String op, List<String> inputs, Map<String, MemorySegment> attributes) {
    static TfNode parse(Proto proto, MemorySegment bytes) {
        String name = "";
        String op = "";
        var inputs = new ArrayList<String>();
        var attributes = new HashMap<String, MemorySegment>();
        for (var field : proto.fields(bytes)) {
            switch (field.number()) {
                case 1 -> name = field.text();
                case 2 -> op = field.text();
                case 3 -> {
                    var input = field.text();
                    if (!input.startsWith("^")) {
                        inputs.add(input);
                    }
                }
                case 5 -> putEntry(proto, field.bytes(), attributes);
                default -> {} // which device it runs on
            }
        }
        return new TfNode(name, op, inputs, attributes);
    }

    /// Adds the entry `bytes` of a map from texts to messages.
    static void putEntry(Proto proto, MemorySegment bytes, Map<String, MemorySegment> map) {
        String key = "";
        var value = MemorySegment.NULL;
        for (var field : proto.fields(bytes)) {
            if (field.number() == 1) {
                key = field.text();
            } else if (field.number() == 2) {
                value = field.bytes();
            }
        }
        map.put(key, value);
    }

    /// The field `number` of the attribute called `name`; null if there is none.
    Proto.@Nullable Field attribute(Proto proto, String name, int number) {
        var bytes = attributes.get(name);
        if (bytes == null) {
            return null;
        }
        for (var field : proto.fields(bytes)) {
            if (field.number() == number) {
                return field;
            }
        }
        return null;
    }

    /// The input at `position`.
    String input(int position) {
        if (position >= inputs.size()) {
            throw odd("its input " + position + " is missing");
        }
        return inputs.get(position);
    }

    BadValueException odd(String problem) {
        return new BadValueException("the node " + name + " (" + op + ") cannot be read: " + problem);
    }
}
