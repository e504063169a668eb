package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.error.BadFileException;

/// A text file of YOLO's with the objects of one photo, a line each: `class x y width height`, where x and y are of the
/// middle of the box, all in fractions of the photo; or `class x y x y x y ...`, an outline, around which the box goes.
final class YoloLabels {
    private static final int OF_BOX = 5;
    private static final int OF_TRIANGLE = 7;

    private YoloLabels() {}

    /// The boxes in `file`, in fractions of the photo.
    ///
    /// @param names names of the classes
    /// @throws BadFileException if a line is not as above
    /// @throws IOException if it cannot be read
    static List<MarkedBox> read(Path file, List<String> names) throws IOException {
        var boxes = new ArrayList<MarkedBox>();
        for (var line : TextLine.read(file)) {
            var values = line.text().split("\\s+", 0);
            boolean isOutline = values.length >= OF_TRIANGLE && values.length % 2 == 1;
            if (values.length != OF_BOX && !isOutline) {
                throw new BadFileException(
                        line.place().toString(),
                        "has " + values.length + " values, not five: class x y width height; correct it");
            }
            boxes.add(new MarkedBox(label(values[0], names, line.place()), box(values, line.place()), line.place()));
        }
        return boxes;
    }

    private static int label(String text, List<String> names, Place place) throws BadFileException {
        int label = Numbers.whole(text, "class", place);
        if (label >= names.size()) {
            throw new BadFileException(
                    place.toString(),
                    "has the class " + label + ", but the last of the " + names.size() + " names is that of "
                            + (names.size() - 1) + "; correct it, or add the name");
        }
        return label;
    }

    private static Box box(String[] values, Place place) throws BadFileException {
        if (values.length == OF_BOX) {
            float x = Numbers.number(values[1], "x", place);
            float y = Numbers.number(values[2], "y", place);
            float width = Numbers.number(values[3], "width", place);
            float height = Numbers.number(values[4], "height", place);
            return new Box(y - height / 2, x - width / 2, y + height / 2, x + width / 2);
        }
        float left = Float.POSITIVE_INFINITY;
        float top = Float.POSITIVE_INFINITY;
        float right = Float.NEGATIVE_INFINITY;
        float bottom = Float.NEGATIVE_INFINITY;
        for (int i = 1; i < values.length; i += 2) {
            float x = Numbers.number(values[i], "x", place);
            float y = Numbers.number(values[i + 1], "y", place);
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
        }
        return new Box(top, left, bottom, right);
    }
}
