package org.mobilenet4j.server.protocol.v2;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.protocol.JsonBody;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What the extensions for binary tensors and classification say.
///
/// @param binarySize bytes of an input after the JSON; -1 if it says nothing
/// @param classes of an output; 0 if it says nothing
/// @param isBinary of an output; null if it says nothing
/// @param areBinary of all outputs that say nothing themselves
record Parameters(long binarySize, int classes, @Nullable Boolean isBinary, boolean areBinary) {
    /// Of an object that has none.
    static final Parameters NONE = new Parameters(-1, 0, null, false);

    private static final int MOST_CLASSES = 100_000;

    static Parameters read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new BadValueException("parameters must be an object");
        }
        var read = NONE;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "binary_data_size" ->
                    read = new Parameters(
                            JsonBody.whole(parser, name, 0, Integer.MAX_VALUE),
                            read.classes,
                            read.isBinary,
                            read.areBinary);
                case "classification" ->
                    read = new Parameters(
                            read.binarySize,
                            (int) JsonBody.whole(parser, name, 0, MOST_CLASSES),
                            read.isBinary,
                            read.areBinary);
                case "binary_data" ->
                    read = new Parameters(read.binarySize, read.classes, flag(parser, name), read.areBinary);
                case "binary_data_output" ->
                    read = new Parameters(read.binarySize, read.classes, read.isBinary, flag(parser, name));
                default -> parser.skipChildren();
            }
        }
        return read;
    }

    private static boolean flag(JsonParser parser, String name) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new BadValueException(name + " must be true or false");
        };
    }
}
