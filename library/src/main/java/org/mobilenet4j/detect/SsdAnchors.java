package org.mobilenet4j.detect;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// SSD's anchors as TensorFlow's `ssd_anchor_generator` places them.
///
/// The scales of the feature maps lie evenly between [#LEAST] and [#GREATEST]. An anchor of scale `s` and aspect ratio
/// `r` is `s / sqrt(r)` high and `s * sqrt(r)` wide; the sides of the image are 1. On the first map there are three,
/// `(0.1, 1), (s, 2), (s, 1/2)`; on the others ratios 1, 2, 1/2, 3 and 1/3, and a square of scale `sqrt(s * next)`,
/// where `next` is the next map's scale, 1 after the last. Centers are those of the pixels.
public final class SsdAnchors {
    private static final double LEAST = 0.2;
    private static final double GREATEST = 0.95;

    /// The scale of the square on the first map.
    private static final double SMALLEST = 0.1;

    private SsdAnchors() {}

    /// An anchor of each pixel.
    private record Kind(double scale, double ratio) {}

    /// A row `cy, cx, h, w` for each anchor: map by map, row by row, pixel by pixel.
    ///
    /// @param maps shapes of the feature maps, from the largest to the smallest
    /// @throws IllegalArgumentException if there are more than [BoxOutputs#MOST_ANCHORS]
    public static Tensor of(List<Shape> maps) {
        long count = 0;
        for (int map = 0; map < maps.size(); map++) {
            count += (long) maps.get(map).pixels() * kinds(map, maps.size()).size();
        }
        if (count > BoxOutputs.MOST_ANCHORS) {
            throw new BadValueException("feature maps as large as " + maps.getFirst() + " have " + count
                    + " anchors, over the limit of " + BoxOutputs.MOST_ANCHORS + "; take a smaller input");
        }
        var all = new float[(int) count * BoxOutputs.VALUES];
        int at = 0;
        for (int map = 0; map < maps.size(); map++) {
            at = place(maps.get(map), kinds(map, maps.size()), all, at);
        }
        return Tensor.of(all, (int) count, BoxOutputs.VALUES);
    }

    /// The number of anchors of each map.
    public static List<Integer> counts(List<Shape> maps) {
        var counts = new ArrayList<Integer>();
        for (int map = 0; map < maps.size(); map++) {
            counts.add(maps.get(map).pixels() * kinds(map, maps.size()).size());
        }
        return List.copyOf(counts);
    }

    private static int place(Shape map, List<Kind> kinds, float[] all, int from) {
        int at = from;
        for (int y = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++) {
                for (var kind : kinds) {
                    all[at++] = (float) ((y + 0.5) / map.height());
                    all[at++] = (float) ((x + 0.5) / map.width());
                    all[at++] = (float) (kind.scale() / Math.sqrt(kind.ratio()));
                    all[at++] = (float) (kind.scale() * Math.sqrt(kind.ratio()));
                }
            }
        }
        return at;
    }

    private static List<Kind> kinds(int map, int maps) {
        double scale = scale(map, maps);
        if (map == 0) {
            return List.of(new Kind(SMALLEST, 1), new Kind(scale, 2), new Kind(scale, 0.5));
        }
        return List.of(
                new Kind(scale, 1),
                new Kind(scale, 2),
                new Kind(scale, 0.5),
                new Kind(scale, 3),
                new Kind(scale, 0.3333),
                new Kind(Math.sqrt(scale * scale(map + 1, maps)), 1));
    }

    /// The scale of map `map` of `maps`, from 0; 1 after the last.
    public static double scale(int map, int maps) {
        return map == maps ? 1 : LEAST + (GREATEST - LEAST) * map / Math.max(1, maps - 1);
    }
}
