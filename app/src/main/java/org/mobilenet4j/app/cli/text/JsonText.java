package org.mobilenet4j.app.cli.text;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A command's result, a record or a list of them, as one JSON document.
public final class JsonText {
    /// ASCII only, so that the encoding of a terminal or a pipe cannot garble a label.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private JsonText() {}

    public static String of(Object result) {
        return MAPPER.writeValueAsString(result) + "\n";
    }

    /// On one line, without a line break at the end.
    public static String line(Object value) {
        return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }
}
