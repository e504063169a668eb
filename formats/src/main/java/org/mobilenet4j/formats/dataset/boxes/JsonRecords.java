package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Reads a JSON object of lists of objects, one of these at a time: `{"images": [{...}, ...], ...}`. Of them, a few
/// fields of numbers, text and short lists of numbers are kept, and everything else is passed over, so that the file
/// may
/// be of any length.
final class JsonRecords {
    private static final int MAX_DEPTH = 64;
    /// What is kept of each object takes memory.
    private static final long MAX_BYTES = 4L << 30;
    /// Longer lists are outlines.
    private static final int MOST_NUMBERS = 8;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // The table of known names is shared by all parsers and would grow with names from foreign files.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final Path file;
    private final JsonParser parser;
    private final Set<String> wanted;
    private final Visitor visitor;

    private JsonRecords(Path file, JsonParser parser, Set<String> wanted, Visitor visitor) {
        this.file = file;
        this.parser = parser;
        this.wanted = wanted;
        this.visitor = visitor;
    }

    /// What is done with each object.
    interface Visitor {
        /// An object was read.
        ///
        /// @param list the name of the list that it is in
        void visit(String list, CocoFields fields) throws BadFileException;
    }

    /// Shows all objects in lists of `file` to `visitor`, in their order.
    ///
    /// @param wanted the names of the fields that are kept
    /// @throws BadFileException if it is not such JSON
    /// @throws IOException if it cannot be read
    static void read(Path file, Set<String> wanted, Visitor visitor) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new BadFileException(file, "is longer than the limit of " + MAX_BYTES + " bytes; divide it");
        }
        try (var stream = Files.newInputStream(file);
                var parser = FACTORY.createParser(ObjectReadContext.empty(), stream)) {
            new JsonRecords(file, parser, wanted, visitor).read();
        } catch (JacksonException e) {
            // Or its bytes are no text, which the parser tells as a failure to read.
            long line =
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new BadFileException(
                    new Place(file, line).toString(), "is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void read() throws BadFileException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new BadFileException(
                    file,
                    "must be a JSON object with images, annotations and categories; a list of detections is no list of"
                            + " what photos show");
        }
        for (var list = parser.nextName(); list != null; list = parser.nextName()) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                records(list);
            } else {
                parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new BadFileException(file, "ends in the middle; get it again");
        }
    }

    private void records(String list) throws BadFileException {
        long number = 0;
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            number++;
            if (token == JsonToken.START_OBJECT) {
                long line = parser.currentTokenLocation().getLineNr();
                visitor.visit(list, new CocoFields(fields(), new Place(file, list + " entry", number, line)));
            } else if (token == null) {
                throw new BadFileException(file, "ends in the middle; get it again");
            } else {
                parser.skipChildren();
            }
        }
    }

    private Map<String, Object> fields() {
        var fields = new HashMap<String, Object>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            if (!wanted.contains(name)) {
                parser.skipChildren();
                continue;
            }
            var value = value(token);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private @Nullable Object value(@Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> 1L;
            case VALUE_FALSE -> 0L;
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case START_ARRAY -> numbers();
            case null, default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }

    /// The numbers of a list; none if it holds anything else, or more than a box has.
    private List<Double> numbers() {
        var numbers = new ArrayList<Double>();
        boolean areNumbers = true;
        for (var token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            areNumbers &= token.isNumeric() && numbers.size() < MOST_NUMBERS;
            if (areNumbers) {
                numbers.add(parser.getDoubleValue());
            } else {
                parser.skipChildren();
            }
        }
        return areNumbers ? numbers : List.of();
    }
}
