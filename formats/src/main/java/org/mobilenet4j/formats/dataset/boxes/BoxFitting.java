package org.mobilenet4j.formats.dataset.boxes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.ImageSize;

/// Makes boxes as files have them boxes in pixels of the upright photo: clips what lies outside, leaves out what has no
/// area, counts both, and refuses what is in another unit.
final class BoxFitting {
    /// By how many pixels an edge may lie outside by rounding, without being counted.
    private static final float ROUNDING = 0.51f;

    /// More than that is no fraction of a box that reaches beyond its photo, but pixels.
    private static final float LARGEST_FRACTION = 2;

    private final Mended clipped = Mended.boxes("beyond the edge of a photo, clipped to it");
    private final Mended empty = Mended.boxes("without area in the photo, left out");
    private final Mended repeated = Mended.boxes("marked twice, counted once");

    /// The objects in `photo`.
    ///
    /// @param size that of the photo's file
    /// @param isStored whether the boxes are those of the photo before it is turned upright
    /// @throws BadFileException if a box is in another unit than its file's form has
    List<ObjectBox> fit(MarkedPhoto photo, ImageSize size, boolean isStored) throws BadFileException {
        requireUnit(photo);
        var objects = new LinkedHashSet<ObjectBox>();
        for (var marked : photo.boxes()) {
            var box = isStored ? upright(marked.box(), size) : marked.box();
            if (photo.inFractions()) {
                box = box.inPixels(0, 0, size.height(), size.width());
            }
            var inside = box.clipped(size.height(), size.width());
            // A box the wrong way round has no area either.
            if (!(box.area() > 0 && inside.area() > 0)) {
                empty.add(marked.place());
                continue;
            }
            if (distance(box, inside) > ROUNDING) {
                clipped.add(marked.place());
            }
            if (!objects.add(marked.in(inside))) {
                repeated.add(marked.place());
            }
        }
        return List.copyOf(objects);
    }

    /// What was mended.
    Stream<Mended> mended() {
        return Stream.of(clipped, empty, repeated);
    }

    private static void requireUnit(MarkedPhoto photo) throws BadFileException {
        var boxes = photo.boxes();
        if (photo.inFractions()) {
            for (var marked : boxes) {
                var box = marked.box();
                if (Math.max(box.y1() - box.y0(), box.x1() - box.x0()) > LARGEST_FRACTION
                        || Math.max(box.y0(), box.x0()) > LARGEST_FRACTION) {
                    throw new BadFileException(
                            marked.place().toString(),
                            "has a box in pixels, " + box + ", where fractions of the photo from 0 to 1 are expected;"
                                    + " divide x by its width and y by its height");
                }
            }
        } else if (!boxes.isEmpty() && boxes.stream().allMatch(MarkedBox::mayBeFractions)) {
            throw new BadFileException(
                    boxes.getFirst().place().toString(),
                    "has a box in fractions of the photo, where pixels are expected; multiply x by its width and y by its"
                            + " height");
        }
    }

    private static Box upright(Box box, ImageSize size) {
        float y0 = size.uprightY(box.y0(), box.x0());
        float x0 = size.uprightX(box.y0(), box.x0());
        float y1 = size.uprightY(box.y1(), box.x1());
        float x1 = size.uprightX(box.y1(), box.x1());
        return new Box(Math.min(y0, y1), Math.min(x0, x1), Math.max(y0, y1), Math.max(x0, x1));
    }

    private static float distance(Box a, Box b) {
        return Math.max(
                Math.max(Math.abs(a.y0() - b.y0()), Math.abs(a.x0() - b.x0())),
                Math.max(Math.abs(a.y1() - b.y1()), Math.abs(a.x1() - b.x1())));
    }
}
