package org.mobilenet4j.detect.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.data.box.AnnotatedPhoto;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.image.Image;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The files that `make.py` and `reference.py` made.
///
/// @param annotations photos and classes by rising id, as the reference takes them
/// @param found detections of each photo, in the order of their file
record CocoFiles(Annotations annotations, List<List<Detection>> found) {
    static CocoFiles read(String name) {
        var truths = json(name + "-truths.json");
        var images = ids(list(truths, "images"));
        var categories = ids(list(truths, "categories"));
        var objects = new ArrayList<List<ObjectBox>>();
        var found = new ArrayList<List<Detection>>();
        for (int i = 0; i < images.size(); i++) {
            objects.add(new ArrayList<>());
            found.add(new ArrayList<>());
        }
        for (var row : list(truths, "annotations")) {
            var kind = number(row, "iscrowd") == 1 ? ObjectBox.Kind.CROWD : ObjectBox.Kind.COUNTED;
            objects.get(images.indexOf(number(row, "image_id")))
                    .add(new ObjectBox(
                            categories.indexOf(number(row, "category_id")), box(row), number(row, "area"), kind));
        }
        for (var row : (List<?>) json(name + "-found.json")) {
            int label = categories.indexOf(number(row, "category_id"));
            found.get(images.indexOf(number(row, "image_id")))
                    .add(new Detection(label, "class", (float) number(row, "score"), box(row)));
        }
        var photos = objects.stream()
                .map(here -> new AnnotatedPhoto("photo", () -> new Image(1, 1, new byte[3]), here))
                .toList();
        return new CocoFiles(
                new Annotations(
                        name, categories.stream().map(id -> "class " + id).toList(), photos),
                found);
    }

    private static List<Double> ids(List<?> rows) {
        return rows.stream()
                .map(row -> number(row, "id"))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /// COCO's `x, y, width, height`.
    private static Box box(Object row) {
        var at = numbers(list(row, "bbox"));
        return new Box((float) at[1], (float) at[0], (float) (at[1] + at[3]), (float) (at[0] + at[2]));
    }

    static Object in(Object map, String name) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(name));
    }

    static List<?> list(Object map, String name) {
        return (List<?>) in(map, name);
    }

    private static double number(Object map, String name) {
        return (Double) in(map, name);
    }

    static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(Double.class::cast).toArray();
    }

    /// Objects as maps, arrays as lists, numbers as [Double].
    static Object json(String file) {
        try (var stream = CocoFiles.class.getResourceAsStream(file);
                var parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), stream)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            default -> parser.getDoubleValue();
        };
    }
}
