package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.error.BadFileException;

/// An XML file of Pascal VOC's kind: the objects in one photo.
///
/// Corners are pixels, counted from 1: a box from 1 to the width covers the photo. `difficult` objects are ignored in
/// measuring. Parts of objects are left out.
///
/// @param file the XML file
/// @param photo the photo's name according to it; empty if it does not say
/// @param height the photo's rows according to it; 0 if it does not say
/// @param width the photo's columns according to it; 0 if it does not say
/// @param objects the objects
record VocFile(Path file, String photo, int height, int width, List<VocObject> objects) {
    private static final String ROOT = "annotation";
    private static final String OBJECT = "annotation/object";
    private static final String BOX = "/bndbox/";

    /// An object.
    ///
    /// @param name its class
    /// @param box in pixels counted from 0, up to behind the last
    /// @param isDifficult whether it is marked so
    /// @param place where it is said
    record VocObject(String name, Box box, boolean isDifficult, Place place) {}

    /// Reads `file`.
    ///
    /// @throws BadFileException if it is not such a file, or an object has no name or no box
    /// @throws IOException if it cannot be read
    static VocFile read(Path file) throws IOException {
        var reader = new Reader(file);
        XmlCursor.walk(file, reader);
        return new VocFile(file, reader.photo, reader.height, reader.width, List.copyOf(reader.objects));
    }

    private static final class Reader implements XmlCursor.Visitor {
        private final Path file;
        private final List<VocObject> objects = new ArrayList<>();
        /// What is said of the object that is being read.
        private final Map<String, String> said = new HashMap<>();

        private String photo = "";
        private int height;
        private int width;
        private Place begin;

        Reader(Path file) {
            this.file = file;
            this.begin = new Place(file, 1);
        }

        @Override
        public void begin(String path, Place place) throws BadFileException {
            if (!path.startsWith(ROOT)) {
                throw new BadFileException(
                        file,
                        "is no annotation of Pascal VOC: its outermost element must be <annotation>; take it away, or correct it");
            }
            if (path.equals(OBJECT)) {
                said.clear();
                begin = place;
            }
        }

        @Override
        public void end(String path, String text, Place place) throws BadFileException {
            switch (path) {
                case "annotation/filename" -> photo = text;
                case "annotation/size/width" -> width = text.isEmpty() ? 0 : Numbers.whole(text, "width", place);
                case "annotation/size/height" -> height = text.isEmpty() ? 0 : Numbers.whole(text, "height", place);
                case OBJECT -> objects.add(object());
                default -> {
                    if (path.startsWith(OBJECT + "/") && !path.startsWith(OBJECT + "/part")) {
                        said.put(path.substring(OBJECT.length()), text);
                    }
                }
            }
        }

        private VocObject object() throws BadFileException {
            var name = said.getOrDefault("/name", "");
            if (name.isEmpty()) {
                throw new BadFileException(begin.toString(), "an object has no name; add one, or take it out");
            }
            float left = edge("xmin");
            float top = edge("ymin");
            float right = edge("xmax");
            float bottom = edge("ymax");
            // One pixel, by the letter; who clicks without drawing leaves it.
            var box = right == left || bottom == top
                    ? new Box(top, left, bottom, right)
                    : new Box(fromZero(top), fromZero(left), bottom, right);
            return new VocObject(name, box, isDifficult(), begin);
        }

        private boolean isDifficult() {
            var difficult = said.getOrDefault("/difficult", "0");
            return difficult.equals("1") || difficult.equalsIgnoreCase("true");
        }

        private float edge(String name) throws BadFileException {
            var text = said.get(BOX + name);
            if (text == null) {
                throw new BadFileException(
                        begin.toString(), "an object has no " + name + " in a bndbox; add it, or take the object out");
            }
            return Numbers.number(text, name, begin);
        }

        /// Programs that count from 0 write 0 for the first pixel.
        private static float fromZero(float edge) {
            return edge >= 0 && edge < 1 ? 0 : edge - 1;
        }
    }
}
