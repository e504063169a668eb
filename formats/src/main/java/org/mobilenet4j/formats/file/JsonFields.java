package org.mobilenet4j.formats.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// The fields of a JSON object. A field that is missing or has the wrong type is an error that names the field and the
/// expected type. A null field counts as missing; unknown fields are ignored.
public final class JsonFields {
    private final Map<?, ?> fields;
    private final String what;

    private JsonFields(Map<?, ?> fields, String what) {
        this.fields = fields;
        this.what = what;
    }

    /// The fields of `value`.
    ///
    /// @param what name of the object in messages
    /// @throws IllegalArgumentException if it is not an object
    public static JsonFields of(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return new JsonFields(map, what);
        }
        throw new BadValueException(what + " must be a JSON object, not " + describe(value));
    }

    /// The object's name in messages.
    public String what() {
        return what;
    }

    public boolean has(String name) {
        return fields.get(name) != null;
    }

    public @Nullable Object value(String name) {
        return fields.get(name);
    }

    /// The object in a field.
    ///
    /// @param inner name of that object in messages
    public JsonFields object(String name, String inner) {
        return of(fields.get(name), inner);
    }

    /// All fields whose values are objects.
    Map<String, JsonFields> objects() {
        var all = new LinkedHashMap<String, JsonFields>();
        fields.forEach((name, value) -> {
            if (value instanceof Map<?, ?> map) {
                all.put(String.valueOf(name), new JsonFields(map, what));
            }
        });
        return all;
    }

    public List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw odd(name, "a list");
    }

    public String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw odd(name, "a text");
    }

    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    public boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (fields.get(name) instanceof Boolean flag) {
            return flag;
        }
        // Python takes 0 and 1 for False and True.
        if (fields.get(name) instanceof Number number && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
            return number.doubleValue() == 1;
        }
        throw odd(name, "true or false");
    }

    public int whole(String name) {
        if (fields.get(name) instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw odd(name, "an integer");
    }

    public int whole(String name, int otherwise) {
        return has(name) ? whole(name) : otherwise;
    }

    public double number(String name, double otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (fields.get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw odd(name, "a number");
    }

    /// Two integers for rows and columns: one for both, or a list of two.
    public List<Integer> pair(String name, int otherwise) {
        if (!has(name)) {
            return List.of(otherwise, otherwise);
        }
        if (!(fields.get(name) instanceof List<?>)) {
            return List.of(whole(name), whole(name));
        }
        var both = wholes(name);
        if (both.size() != 2) {
            throw odd(name, "two integers");
        }
        return both;
    }

    /// A list of integers, with -1 for null.
    public List<Integer> wholes(String name) {
        var all = new ArrayList<Integer>();
        for (var item : list(name)) {
            if (item == null) {
                all.add(-1);
            } else if (item instanceof Number number && number.doubleValue() == number.intValue()) {
                all.add(number.intValue());
            } else {
                throw odd(name, "a list of integers");
            }
        }
        return all;
    }

    /// A list of strings.
    public List<String> texts(String name) {
        var all = new ArrayList<String>();
        for (var item : list(name)) {
            if (!(item instanceof String text)) {
                throw odd(name, "a list of texts");
            }
            all.add(text);
        }
        return all;
    }

    /// The exception for a field that is not as expected.
    BadValueException odd(String name, String expected) {
        return new BadValueException(
                what + ": \"" + name + "\" must be " + expected + ", not " + describe(fields.get(name)));
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case Map<?, ?> _ -> "an object";
            case List<?> list
            when list.size() > 8 || list.toString().length() > 80 -> "a list of " + list.size() + " values";
            case String text -> "\"" + text + "\"";
            default -> value.toString();
        };
    }
}
