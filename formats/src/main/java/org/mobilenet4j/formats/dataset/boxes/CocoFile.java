package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// A JSON file of COCO's kind, `instances_*.json`: photos in `images`, boxes in `annotations` as `[x, y, width,
/// height]` in pixels counted from 0, classes in `categories`. Crowds (`iscrowd`) are ignored in measuring. Outlines,
/// captions and all else are passed over while the file is read.
///
/// @param file the file
/// @param categories names of the classes by their numbers, in the order of these
/// @param images photos by their ids
/// @param boxes boxes by the ids of their photos, in the order of the file
record CocoFile(
        Path file, Map<Long, String> categories, Map<Object, CocoImage> images, Map<Object, List<CocoBox>> boxes) {
    /// A photo.
    ///
    /// @param name its file
    /// @param height its rows; 0 if it does not say
    /// @param width its columns; 0 if it does not say
    /// @param place where it is named
    record CocoImage(String name, int height, int width, Place place) {}

    /// An object.
    ///
    /// @param category number of its class
    /// @param box in pixels
    /// @param area of its outline in pixels; NaN if the file does not say
    /// @param isCrowd whether it is many objects in one
    /// @param place where it is said
    record CocoBox(long category, Box box, double area, boolean isCrowd, Place place) {}

    /// Reads `file`.
    ///
    /// @throws BadFileException if it is not such a file, or says something twice
    /// @throws IOException if it cannot be read
    static CocoFile read(Path file) throws IOException {
        var coco = new CocoFile(file, new TreeMap<>(), new LinkedHashMap<>(), new HashMap<>());
        var names = new HashSet<String>();
        JsonRecords.read(file, CocoFields.NAMES, (list, fields) -> {
            switch (list) {
                case "images" -> coco.addImage(fields);
                case "annotations" -> coco.addBox(fields);
                case "categories" -> coco.addCategory(fields, names);
                default -> {}
            }
        });
        coco.requireWhole();
        return coco;
    }

    private void addImage(CocoFields fields) throws BadFileException {
        var image = new CocoImage(
                fields.text("file_name"), fields.whole("height", 0), fields.whole("width", 0), fields.place());
        if (images.put(fields.id("id"), image) != null) {
            throw new BadFileException(
                    fields.place().toString(), "has the same id as another image; give each its own");
        }
    }

    private void addCategory(CocoFields fields, Set<String> names) throws BadFileException {
        var name = fields.text("name");
        boolean isNew = names.add(name);
        if (categories.put(fields.number("id"), name) != null || !isNew) {
            throw new BadFileException(
                    fields.place().toString(),
                    "has the id or the name, '" + OneLine.of(name) + "', of another category; give each its own");
        }
    }

    private void addBox(CocoFields fields) throws BadFileException {
        var sides = fields.box("bbox");
        var box = new Box(sides[1], sides[0], sides[1] + sides[3], sides[0] + sides[2]);
        boxes.computeIfAbsent(fields.id("image_id"), _ -> new ArrayList<>())
                .add(new CocoBox(
                        fields.number("category_id"),
                        box,
                        fields.area("area"),
                        fields.whole("iscrowd", 0) != 0,
                        fields.place()));
    }

    private void requireWhole() throws BadFileException {
        if (images.isEmpty() || categories.isEmpty()) {
            throw new BadFileException(
                    file,
                    "is no file of boxes as COCO has them: it has no " + (images.isEmpty() ? "images" : "categories")
                            + "; give an instances_*.json");
        }
        for (var entry : boxes.entrySet()) {
            var first = entry.getValue().getFirst();
            if (!images.containsKey(entry.getKey())) {
                throw new BadFileException(
                        first.place().toString(),
                        "marks an object in the image "
                                + OneLine.of(entry.getKey().toString())
                                + ", which is not among the images of the file; add it, or take the annotation out");
            }
            for (var box : entry.getValue()) {
                if (!categories.containsKey(box.category())) {
                    throw new BadFileException(
                            box.place().toString(),
                            "has the category " + box.category()
                                    + ", which is not among the categories of the file; correct it, or add the category");
                }
            }
        }
    }
}
