package org.mobilenet4j.model.file;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadValueException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Untrusted JSON as plain values: [SequencedMap], [List], [String], [Boolean], [Long] and [Double]. Null and duplicate
/// fields are errors; depth and number of values are limited, so that a small text cannot take much memory or stack.
final class Json {
    /// Maximum nesting of objects and arrays. A layer tree takes two for each level.
    static final int MAX_DEPTH = 128;

    /// Maximum number of values in one text: twice the most labels that a network can have.
    static final int MAX_VALUES = 2_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // The table of known names is shared by all parsers and meant for a few recurring names.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final JsonParser parser;
    private final String what;
    private int values;

    private Json(JsonParser parser, String what) {
        this.parser = parser;
        this.what = what;
    }

    /// Parses `text`.
    ///
    /// @param what the name of the text in messages, for example `the header`
    /// @throws IllegalArgumentException when it is not JSON, exceeds a limit, or has a null or a duplicate field
    static Object parse(String text, String what) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            var json = new Json(parser, what);
            var value = json.value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw json.bad("continues after its end");
            }
            return value;
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset());
            throw new BadValueException(
                    what + " is not valid JSON near character " + at + ": " + e.getOriginalMessage(), e);
        }
    }

    /// `value` as JSON on one line.
    ///
    /// @throws IllegalArgumentException when it is nested too deeply or holds a number that JSON cannot represent
    static String text(Object value) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, generator);
        } catch (JacksonException e) {
            throw new BadValueException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
        return text.toString();
    }

    private Object value(JsonToken token) {
        if (++values > MAX_VALUES) {
            throw bad("holds more than " + MAX_VALUES + " values");
        }
        if (token == null) {
            throw bad("is empty");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> real();
            default -> throw bad("holds " + parser.getString() + ", which has no meaning here,");
        };
    }

    private SequencedMap<String, Object> object() {
        var fields = new LinkedHashMap<String, Object>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (fields.put(name, value(parser.nextToken())) != null) {
                throw bad("gives \"" + name + "\" twice");
            }
        }
        return fields;
    }

    private List<Object> array() {
        var items = new ArrayList<>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return items;
    }

    private double real() {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw bad("holds a number that is too large");
        }
        return value;
    }

    private BadValueException bad(String problem) {
        return new BadValueException(what + " " + problem + " near character "
                + parser.currentLocation().getCharOffset());
    }

    private static void write(Object value, JsonGenerator generator) {
        switch (value) {
            case Map<?, ?> fields -> {
                generator.writeStartObject();
                fields.forEach((name, field) -> {
                    generator.writeName((String) name);
                    write(field, generator);
                });
                generator.writeEndObject();
            }
            case List<?> items -> {
                generator.writeStartArray();
                items.forEach(item -> write(item, generator));
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Float number when Float.isFinite(number) -> generator.writeNumber(number);
            case Double number when Double.isFinite(number) -> generator.writeNumber(number);
            default -> throw new BadValueException("JSON cannot hold " + value);
        }
    }
}
