package org.mobilenet4j.formats.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Parses JSON that other programs wrote into plain values: [Map], [List], [String], [Boolean], [Long], [Double] and
/// null. Depth and number of values are bounded, so that a small text takes neither much memory nor much stack.
public final class ForeignJson {
    private static final int MAX_DEPTH = 128;
    private static final int MAX_VALUES = 2_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // The table of known names is shared by all parsers and would grow with names from foreign files.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private int values;

    private ForeignJson(JsonParser parser) {
        this.parser = parser;
    }

    /// Parses `text`, which must be a JSON object.
    ///
    /// @param what name of the text in messages, for example `its config.json`
    /// @throws IllegalArgumentException if it is not a JSON object, or exceeds the bounds
    public static JsonFields parse(String text, String what) {
        return JsonFields.of(value(text, what), what);
    }

    /// Parses `text`, which must be a JSON list.
    ///
    /// @param what name of the text in messages
    /// @throws IllegalArgumentException if it is not a JSON list, or exceeds the bounds
    public static List<?> parseList(String text, String what) {
        if (value(text, what) instanceof List<?> list) {
            return list;
        }
        throw new BadValueException(what + " is not a list");
    }

    private static @Nullable Object value(String text, String what) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            var value = new ForeignJson(parser).value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw new BadValueException(what + " continues after its end");
            }
            return value;
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset());
            throw new BadValueException(
                    what + " is not valid JSON near character " + at + ": " + e.getOriginalMessage(), e);
        }
    }

    private @Nullable Object value(@Nullable JsonToken token) {
        if (++values > MAX_VALUES) {
            throw new BadValueException("has JSON of more than " + MAX_VALUES + " values");
        }
        if (token == null) {
            throw new BadValueException("has JSON that ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    private Map<String, @Nullable Object> object() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            fields.put(name, value(parser.nextToken()));
        }
        return fields;
    }

    private List<@Nullable Object> array() {
        var items = new ArrayList<@Nullable Object>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return items;
    }
}
