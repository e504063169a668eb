package org.mobilenet4j.server.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Numbers or texts in nested JSON arrays, read without a tree. An object with one member
/// stands for the member's
/// value, as `{"b64": "..."}` does.
///
/// @param shape the lengths of the arrays, the outer one first; empty for a single value
/// @param numbers the numbers, row by row; empty if they are texts
/// @param texts the texts; empty if they are numbers
@SuppressWarnings("ArrayRecordComponent") // never compared
public record JsonValues(List<Long> shape, float[] numbers, List<String> texts) {
    /// The value that starts with the parser's token.
    ///
    /// @throws BadValueException if arrays of one depth differ in length, nest too
    /// deeply, or hold anything else
    public static JsonValues read(JsonParser parser) {
        var reader = new Reader(parser);
        reader.value(parser.currentToken(), 0, 0);
        return reader.values();
    }

    private static final class Reader {
        private static final int DEEPEST = 6;
        private static final int OBJECTS = 2;

        private final JsonParser parser;
        private final long[] lengths = new long[DEEPEST];
        private final List<String> texts = new ArrayList<>();
        private float[] numbers = new float[16];
        private int count;
        /// Of the values; -1 until the first is seen.
        private int depth = -1;

        Reader(JsonParser parser) {
            this.parser = parser;
            Arrays.fill(lengths, -1);
        }

        JsonValues values() {
            var shape = Arrays.stream(lengths).limit(Math.max(depth, 0)).boxed().toList();
            return new JsonValues(shape, Arrays.copyOf(numbers, count), List.copyOf(texts));
        }

        void value(JsonToken token, int at, int objects) {
            switch (token) {
                case START_ARRAY -> array(at, objects);
                case START_OBJECT -> member(at, objects);
                case VALUE_STRING -> {
                    leaf(at, count == 0);
                    texts.add(parser.getString());
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    leaf(at, texts.isEmpty());
                    number(parser.getFloatValue());
                }
                default -> throw new BadValueException("data must be numbers or texts, not " + token.asString());
            }
        }

        private void array(int at, int objects) {
            if (at == DEEPEST || at == depth) {
                throw new BadValueException("arrays of data must all nest to the same depth, at most " + DEEPEST);
            }
            long length = 0;
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                value(token, at + 1, objects);
                length++;
            }
            if (length == 0) {
                throw new BadValueException("an array of data is empty; send at least one value");
            }
            if (lengths[at] >= 0 && lengths[at] != length) {
                throw new BadValueException("arrays of data have different lengths: " + lengths[at] + " and " + length);
            }
            lengths[at] = length;
        }

        private void member(int at, int objects) {
            if (objects == OBJECTS || parser.nextToken() != JsonToken.PROPERTY_NAME) {
                throw new BadValueException("an object in data must have one member, such as {\"b64\": \"...\"}");
            }
            value(parser.nextToken(), at, objects + 1);
            if (parser.nextToken() != JsonToken.END_OBJECT) {
                throw new BadValueException("an object in data must have one member; the network has one input");
            }
        }

        private void leaf(int at, boolean isOfOneKind) {
            if (depth >= 0 && depth != at) {
                throw new BadValueException("values of data must all lie at the same depth");
            }
            if (!isOfOneKind) {
                throw new BadValueException("data must be all numbers or all texts");
            }
            depth = at;
        }

        private void number(float value) {
            if (!Float.isFinite(value)) {
                throw new BadValueException("data has a number that is too large for a float");
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = value;
        }
    }
}
