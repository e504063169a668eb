package org.mobilenet4j.server.protocol;

import java.util.function.Function;
import org.mobilenet4j.error.BadValueException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads a JSON object token by token.
public final class JsonBody {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonBody() {}

    /// What `reader` makes of the object in bytes `from` to `from + length`; nothing
    /// may follow it.
    ///
    /// @param reader is handed a parser at the object's start, and leaves it at its end
    /// @throws BadValueException if that is not a JSON object
    public static <T> T read(byte[] body, int from, int length, Function<JsonParser, T> reader) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadValueException("the body must be a JSON object");
            }
            T read = reader.apply(parser);
            if (parser.nextToken() != null) {
                throw new BadValueException("something follows the JSON object of the body; send one alone");
            }
            return read;
        } catch (JacksonException problem) {
            var place = problem.getLocation();
            throw new BadValueException(
                    "the body is not JSON, or nests too deeply"
                            + (place == null
                                    ? ""
                                    : ", at line " + place.getLineNr() + ", column " + place.getColumnNr()),
                    problem);
        }
    }

    /// The text that the parser is at.
    ///
    /// @param what its name in messages
    public static String text(JsonParser parser, String what) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new BadValueException(what + " must be a text");
        }
        return parser.getString();
    }

    /// The whole number that the parser is at.
    ///
    /// @param what its name in messages
    public static long whole(JsonParser parser, String what, long least, long most) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = parser.getLongValue();
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new BadValueException(what + " must be a whole number from " + least + " to " + most);
    }
}
