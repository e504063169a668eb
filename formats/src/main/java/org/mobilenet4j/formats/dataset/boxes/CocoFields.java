package org.mobilenet4j.formats.dataset.boxes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// The fields of an object in a file of COCO's kind.
///
/// @param values their values: [Long], [Double], [String], or a list of numbers; without those that are null
/// @param place where the object is
record CocoFields(Map<String, Object> values, Place place) {
    /// Those that are looked at.
    static final Set<String> NAMES =
            Set.of("id", "file_name", "height", "width", "name", "image_id", "category_id", "bbox", "area", "iscrowd");

    private static final String NUMBER = "[0-9]{1,18}";

    /// The text in a field.
    String text(String name) throws BadFileException {
        if (values.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw odd(name, "a text");
    }

    /// An integer from 0 up in a field; `otherwise` if there is none.
    int whole(String name, int otherwise) throws BadFileException {
        if (!values.containsKey(name)) {
            return otherwise;
        }
        long number = number(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw odd(name, "an integer from 0 up");
        }
        return (int) number;
    }

    /// The integer in a field.
    long number(String name) throws BadFileException {
        return switch (values.get(name)) {
            case Long number -> number;
            case Double number when number == number.longValue() -> number.longValue();
            case String text when text.matches(NUMBER) -> Long.parseLong(text);
            case null, default -> throw odd(name, "an integer");
        };
    }

    /// The id in a field, an integer or a text.
    Object id(String name) throws BadFileException {
        return values.get(name) instanceof String text && !text.matches(NUMBER) ? text : number(name);
    }

    /// The area in a field; NaN if there is none.
    double area(String name) {
        return switch (values.get(name)) {
            case Long number -> number;
            case Double number -> number;
            case null, default -> Double.NaN;
        };
    }

    /// The box in a field: x, y, width, height.
    float[] box(String name) throws BadFileException {
        if (!(values.get(name) instanceof List<?> list) || list.size() != 4) {
            throw odd(name, "four numbers, [x, y, width, height]");
        }
        var numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i) instanceof Double number ? number.floatValue() : Float.NaN;
            if (!Float.isFinite(numbers[i])) {
                throw odd(name, "four finite numbers, [x, y, width, height]");
            }
        }
        return numbers;
    }

    private BadFileException odd(String name, String expected) {
        return new BadFileException(
                place.toString(),
                "\"" + name + "\" must be " + expected + ", not " + described(values.get(name)) + "; correct it");
    }

    private static String described(@Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case String text -> "'" + OneLine.of(text) + "'";
            case List<?> list -> list.isEmpty() ? "a list of other values" : list.toString();
            default -> value.toString();
        };
    }
}
