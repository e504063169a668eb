package org.mobilenet4j.server.protocol.v2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.protocol.JsonBody;
import org.mobilenet4j.server.protocol.JsonValues;
import org.mobilenet4j.server.protocol.Runs;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the one input of a request, whose members come in any order.
final class InputReader {
    private static final int MOST_DIMENSIONS = 8;

    private @Nullable String name;
    private @Nullable DataType type;
    private @Nullable List<Long> shape;
    private @Nullable JsonValues data;
    private long binarySize = -1;

    /// Reads the object that the parser is at.
    static InputReader read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new BadValueException("an input must be an object");
        }
        var reader = new InputReader();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "name" -> reader.name = JsonBody.text(parser, "the name of an input");
                case "datatype" -> reader.type = DataType.named(JsonBody.text(parser, "the datatype of an input"));
                case "shape" -> reader.shape = shape(parser);
                case "data" -> reader.data = JsonValues.read(parser);
                case "parameters" -> reader.binarySize = Parameters.read(parser).binarySize();
                default -> parser.skipChildren();
            }
        }
        return reader;
    }

    private static List<Long> shape(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BadValueException("the shape of an input must be an array");
        }
        var shape = new ArrayList<Long>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (shape.size() == MOST_DIMENSIONS) {
                throw new BadValueException("the shape of an input has more than " + MOST_DIMENSIONS + " dimensions");
            }
            shape.add(JsonBody.whole(parser, "a dimension", 1, Integer.MAX_VALUE));
        }
        return shape;
    }

    /// The input, with what `rest` holds after the JSON.
    ///
    /// @throws BadValueException if members are missing, or sizes disagree
    InputTensor input(byte[] body, int rest) {
        if (name == null || type == null || shape == null) {
            throw new BadValueException("an input needs a name, a datatype and a shape");
        }
        long count = count(shape);
        int length = body.length - rest;
        if (data == null ? binarySize != length : binarySize >= 0 || length > 0) {
            throw new BadValueException("an input has either data, or a binary_data_size that is as long as the "
                    + length + " bytes after the JSON");
        }
        if (type == DataType.BYTES) {
            var photos = data == null
                    ? split(body, rest)
                    : data.texts().stream().map(Runs::base64).toList();
            return new InputTensor(name, type, shape, new float[0], matching(photos, photos.size(), count));
        }
        if (data == null && count * type.size() != length) {
            throw new BadValueException(
                    "the input has " + length + " bytes, not the " + count * type.size() + " that its shape says");
        }
        var values = data == null ? type.decode(body, rest, length) : data.numbers();
        type.check(values);
        return new InputTensor(name, type, shape, matching(values, values.length, count), List.of());
    }

    private static long count(List<Long> shape) {
        long count = 1;
        for (long dimension : shape) {
            count = Math.multiplyHigh(count, dimension) == 0 ? count * dimension : -1;
            if (count < 0 || count > Integer.MAX_VALUE) {
                throw new BadValueException("the shape " + shape + " has too many values");
            }
        }
        return count;
    }

    private static <T> T matching(T values, int given, long count) {
        if (given != count) {
            throw new BadValueException(
                    "the input has " + given + " values, not the " + count + " that its shape says");
        }
        return values;
    }

    private static List<byte[]> split(byte[] body, int from) {
        var buffer = ByteBuffer.wrap(body, from, body.length - from).order(ByteOrder.LITTLE_ENDIAN);
        var parts = new ArrayList<byte[]>();
        while (buffer.hasRemaining()) {
            long length = buffer.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(buffer.getInt());
            if (length < 1 || length > buffer.remaining()) {
                throw new BadValueException("bytes of an input are cut short; each photo has its length before it");
            }
            parts.add(Arrays.copyOfRange(body, buffer.position(), buffer.position() + (int) length));
            buffer.position(buffer.position() + (int) length);
        }
        return parts;
    }
}
