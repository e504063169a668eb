package org.mobilenet4j.model.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mobilenet4j.error.BadValueException;

/// A JSON object that is read strictly: a field that is missing, unknown or of the wrong type is an error that names
/// the object and the field.
final class JsonObject {
    private final String where;
    private final Map<?, ?> fields;
    private final Set<String> asked = new HashSet<>();

    /// @param where the object's name in messages, for example `the layer conv1`
    /// @throws IllegalArgumentException when `value` is not an object
    JsonObject(Object value, String where) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new BadValueException(where + " must be a JSON object, not " + describe(value));
        }
        this.fields = map;
        this.where = where;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    Object value(String name) {
        asked.add(name);
        var value = fields.get(name);
        if (value == null) {
            throw new BadValueException(where + " lacks the field \"" + name + "\"");
        }
        return value;
    }

    String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a string");
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    int whole(String name) {
        if (value(name) instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        throw wrong(name, "an integer of at most " + Integer.MAX_VALUE);
    }

    int whole(String name, int otherwise) {
        return has(name) ? whole(name) : otherwise;
    }

    double number(String name) {
        if (value(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name, "a number");
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (value(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    List<?> list(String name) {
        if (value(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    /// A list of `count` integers.
    List<Integer> wholes(String name, int count) {
        var all = new ArrayList<Integer>();
        for (var item : list(name)) {
            if (all.size() == count || !(item instanceof Long number) || number != number.intValue()) {
                throw wrong(name, "a list of " + count + " integers");
            }
            all.add(number.intValue());
        }
        if (all.size() < count) {
            throw wrong(name, "a list of " + count + " integers");
        }
        return all;
    }

    /// A list of numbers.
    List<Float> numbers(String name) {
        var all = new ArrayList<Float>();
        for (var item : list(name)) {
            if (!(item instanceof Number number)) {
                throw wrong(name, "a list of numbers");
            }
            all.add(number.floatValue());
        }
        return all;
    }

    /// The constant of `type` whose [#nameOf] is in the field.
    <E extends Enum<E>> E choice(String name, Class<E> type) {
        var text = text(name);
        var constants = type.getEnumConstants();
        for (var constant : constants) {
            if (nameOf(constant).equals(text)) {
                return constant;
            }
        }
        throw wrong(name, Arrays.stream(constants).map(JsonObject::nameOf).collect(Collectors.joining(" or ")));
    }

    /// The name of a constant in files: `MAX_POOL` is `max-pool`.
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException naming a field that was not read
    void finish() {
        for (var name : fields.keySet()) {
            if (!asked.contains(name)) {
                throw new BadValueException(where + " has an unknown field \"" + name
                        + "\"; it is misspelled, or from a newer version of mobilenet4j");
            }
        }
    }

    BadValueException wrong(String name, String expected) {
        return new BadValueException(
                where + ": \"" + name + "\" must be " + expected + ", not " + describe(value(name)));
    }

    private static String describe(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "an object";
            case List<?> list when list.size() > 8 -> "a list of " + list.size() + " values";
            case String text -> "\"" + text + "\"";
            default -> value.toString();
        };
    }
}
