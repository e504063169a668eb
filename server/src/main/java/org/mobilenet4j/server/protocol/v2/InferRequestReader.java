package org.mobilenet4j.server.protocol.v2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.protocol.JsonBody;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads requests to infer: JSON, and the bytes of binary tensors after it.
final class InferRequestReader {
    private static final int MOST_OUTPUTS = 16;

    private @Nullable String id;
    private @Nullable InputReader input;
    private Parameters parameters = Parameters.NONE;
    private final List<String> names = new ArrayList<>();
    private final List<Parameters> wishes = new ArrayList<>();

    private InferRequestReader() {}

    /// The request in `body`, the first `jsonLength` bytes of which are JSON.
    ///
    /// @throws BadValueException saying what is wrong with it
    static InferRequest read(byte[] body, int jsonLength) {
        if (jsonLength < 0 || jsonLength > body.length) {
            throw new BadValueException(
                    "Inference-Header-Content-Length must lie from 0 to the " + body.length + " bytes of the body");
        }
        var reader = JsonBody.read(body, 0, jsonLength, parser -> {
            var request = new InferRequestReader();
            request.members(parser);
            return request;
        });
        if (reader.input == null) {
            throw new BadValueException("the request has no inputs; send the network's one");
        }
        var outputs = new ArrayList<OutputRequest>();
        boolean isBinary = reader.parameters.areBinary();
        for (int i = 0; i < reader.names.size(); i++) {
            var wish = reader.wishes.get(i);
            var own = wish.isBinary();
            outputs.add(new OutputRequest(reader.names.get(i), wish.classes(), own == null ? isBinary : own));
        }
        return new InferRequest(reader.id, reader.input.input(body, jsonLength), List.copyOf(outputs), isBinary);
    }

    private void members(JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "id" -> id = JsonBody.text(parser, "the id");
                case "inputs" -> inputs(parser);
                case "outputs" -> outputs(parser);
                case "parameters" -> parameters = Parameters.read(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void inputs(JsonParser parser) {
        requireArray(parser, "inputs");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (input != null) {
                throw new BadValueException("the request has several inputs; the network has one");
            }
            input = InputReader.read(parser);
        }
    }

    private void outputs(JsonParser parser) {
        requireArray(parser, "outputs");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT || names.size() == MOST_OUTPUTS) {
                throw new BadValueException("outputs must be objects, at most " + MOST_OUTPUTS);
            }
            output(parser);
        }
    }

    private void output(JsonParser parser) {
        String name = null;
        var wish = Parameters.NONE;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "name" -> name = JsonBody.text(parser, "the name of an output");
                case "parameters" -> wish = Parameters.read(parser);
                default -> parser.skipChildren();
            }
        }
        if (name == null) {
            throw new BadValueException("an output needs a name");
        }
        names.add(name);
        wishes.add(wish);
    }

    private static void requireArray(JsonParser parser, String what) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BadValueException(what + " must be an array");
        }
    }
}
