package org.mobilenet4j.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import org.mobilenet4j.error.BadValueException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON in and out.
public final class Json {
    private final JsonMapper mapper = JsonMapper.builder().build();
    /// One line without anything but ASCII, for logs.
    private final JsonMapper ascii =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /// Jackson's own limits on depth and on the lengths of numbers and names.
    public Json() {}

    /// What writes answers.
    public JsonMapper mapper() {
        return mapper;
    }

    /// `value` in UTF-8.
    public byte[] bytes(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /// `value` in one line of ASCII.
    String line(Object value) {
        return ascii.writeValueAsString(value);
    }

    /// The tree in `bytes`.
    ///
    /// @throws BadValueException if that is not JSON
    public JsonNode read(byte[] bytes) {
        try {
            return mapper.readTree(bytes);
        } catch (JacksonException problem) {
            throw new BadValueException("the body is not JSON: " + problem.getOriginalMessage(), problem);
        }
    }

    /// Answers with `value`.
    public void send(ServerResponse response, Object value) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(bytes(value));
    }
}
