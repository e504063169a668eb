package org.mobilenet4j.detect.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mobilenet4j.data.FilePhoto;
import org.mobilenet4j.data.box.AnnotatedPhoto;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.image.ImageSize;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Anchors of the shapes that the objects of a data set have, where they have another than SSD's: with these, the
/// smallest
/// objects of many data sets are found by no anchor but the one that is forced to.
///
/// Each object belongs to the feature map whose scale is nearest to its own. On a map with enough objects, the anchors
/// of
/// each pixel are the means of as many clusters of them (k-means; the distance is one minus the overlap of two boxes
/// with
/// one center, as in YOLO9000, arXiv 1612.08242). Other maps keep SSD's.
public final class FittedAnchors {
    /// Fewest objects of a cluster on average.
    private static final int FEWEST = 10;

    private static final int ROUNDS = 30;

    private FittedAnchors() {}

    /// The size of an object in shares of the photo's sides.
    ///
    /// @param height above 0
    /// @param width above 0
    public record Size(double height, double width) {
        double area() {
            return height * width;
        }

        double overlap(Size other) {
            double shared = Math.min(height, other.height) * Math.min(width, other.width);
            return shared / (area() + other.area() - shared);
        }
    }

    /// The anchors for the objects of `annotations`, see [#of(List, List)]; photos that cannot be read are left out.
    public static Tensor of(List<Shape> maps, Annotations annotations) {
        var objects = new ArrayList<Size>();
        for (var photo : annotations.photos()) {
            try {
                add(photo, objects);
            } catch (IOException _) {
                // It is counted as unreadable in training.
            }
        }
        return of(maps, objects);
    }

    private static void add(AnnotatedPhoto photo, List<Size> objects) throws IOException {
        double height;
        double width;
        if (photo.photo() instanceof FilePhoto file) {
            var size = ImageSize.of(file.file());
            height = size.height();
            width = size.width();
        } else {
            var image = photo.photo().decode();
            height = image.height();
            width = image.width();
        }
        for (var object : photo.objects()) {
            var box = object.box();
            if (!object.isIgnored() && box.area() > 0) {
                objects.add(new Size((box.y1() - box.y0()) / height, (box.x1() - box.x0()) / width));
            }
        }
    }

    /// A row `cy, cx, h, w` for each anchor, in the order and number of [SsdAnchors#of].
    ///
    /// @param maps shapes of the feature maps, from the largest to the smallest
    /// @param objects of the training photos
    public static Tensor of(List<Shape> maps, List<Size> objects) {
        var anchors = SsdAnchors.of(maps);
        var values = anchors.toArray();
        var counts = SsdAnchors.counts(maps);
        int first = 0;
        for (int map = 0; map < maps.size(); map++) {
            int each = counts.get(map) / maps.get(map).pixels();
            var own = nearest(objects, map, maps.size());
            if (own.size() >= FEWEST * each) {
                var sizes = means(own, each);
                for (int i = 0; i < counts.get(map); i++) {
                    int at = (first + i) * BoxOutputs.VALUES;
                    values[at + 2] = (float) sizes.get(i % each).height();
                    values[at + 3] = (float) sizes.get(i % each).width();
                }
            }
            first += counts.get(map);
        }
        return Tensor.of(values, first, BoxOutputs.VALUES);
    }

    /// The objects that belong to map `map`, by their area.
    private static List<Size> nearest(List<Size> objects, int map, int maps) {
        double below = map == 0 ? 0 : border(map - 1, maps);
        double above = map == maps - 1 ? Double.POSITIVE_INFINITY : border(map, maps);
        return objects.stream()
                .filter(size -> Math.sqrt(size.area()) > below && Math.sqrt(size.area()) <= above)
                .sorted(Comparator.comparingDouble(Size::area))
                .toList();
    }

    /// The geometric mean of the scales of two maps.
    private static double border(int map, int maps) {
        return Math.sqrt(SsdAnchors.scale(map, maps) * SsdAnchors.scale(map + 1, maps));
    }

    /// The means of `count` clusters, which start as quantiles of the areas.
    private static List<Size> means(List<Size> sorted, int count) {
        var means = new ArrayList<Size>();
        for (int i = 0; i < count; i++) {
            means.add(sorted.get((int) ((i + 0.5) * sorted.size() / count)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            var sums = new double[count][3];
            for (var size : sorted) {
                var sum = sums[best(means, size)];
                sum[0] += size.height();
                sum[1] += size.width();
                sum[2]++;
            }
            for (int i = 0; i < count; i++) {
                if (sums[i][2] > 0) {
                    means.set(i, new Size(sums[i][0] / sums[i][2], sums[i][1] / sums[i][2]));
                }
            }
        }
        return means;
    }

    private static int best(List<Size> means, Size size) {
        int best = 0;
        for (int i = 1; i < means.size(); i++) {
            best = size.overlap(means.get(i)) > size.overlap(means.get(best)) ? i : best;
        }
        return best;
    }
}
