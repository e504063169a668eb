package org.mobilenet4j.detect.measure;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.Count;

/// One class in one photo: what was found, and what is there.
///
/// @param found by falling score, equal ones as they were given
/// @param truths as they are marked
record PhotoClass(List<Detection> found, List<ObjectBox> truths) {
    /// -0 and 0 are equal.
    private static final Comparator<Detection> FALLING =
            (one, other) -> Float.compare(other.score() + 0f, one.score() + 0f);

    PhotoClass {
        found = found.stream().sorted(FALLING).toList();
        truths = List.copyOf(truths);
    }

    /// Of each class the photos in which it is or was found, in their order.
    ///
    /// @throws BadValueException if there are not as many lists as photos, or a detection is of none of
    ///     the classes, or its score or box are not numbers
    static List<List<PhotoClass>> byClass(Annotations annotations, List<List<Detection>> found) {
        var photos = annotations.photos();
        if (photos.size() != found.size()) {
            throw new BadValueException(annotations.name() + " has " + Count.of(photos.size(), "photo")
                    + ", and there are detections of " + found.size() + "; give a list for each photo, in their order");
        }
        var all = new ArrayList<List<PhotoClass>>();
        for (int i = 0; i < annotations.labels().size(); i++) {
            all.add(new ArrayList<>());
        }
        for (int i = 0; i < photos.size(); i++) {
            var photo = photos.get(i);
            found.get(i).forEach(detection -> check(detection, all.size(), photo.name()));
            var foundHere = found.get(i).stream().collect(groupingBy(Detection::index));
            var truthsHere = photo.objects().stream().collect(groupingBy(ObjectBox::label));
            var labels = new TreeSet<>(foundHere.keySet());
            labels.addAll(truthsHere.keySet());
            for (int label : labels) {
                all.get(label)
                        .add(new PhotoClass(
                                foundHere.getOrDefault(label, List.of()), truthsHere.getOrDefault(label, List.of())));
            }
        }
        return all;
    }

    private static void check(Detection detection, int classes, String photo) {
        var box = detection.box();
        if (Float.isNaN(detection.score() + box.y0() + box.x0() + box.y1() + box.x1())) {
            throw new BadValueException("a score or box found in " + photo
                    + " is not a number (NaN): the model's weights are damaged; get it again");
        }
        if (detection.index() < 0 || detection.index() >= classes) {
            throw new BadValueException("class index " + detection.index() + ", found in " + photo + ", is not below "
                    + classes + ", the number of classes; give detections the indices of the annotations' classes");
        }
    }

    /// The area of the intersection of what was found and what is there, as a share of that of their
    /// union.
    double overlap(int detection, int truth) {
        return overlap(found.get(detection).box(), truths.get(truth).box(), false);
    }

    /// As [#overlap(int, int)], but in a crowd as a share of the area of what was found.
    double overlapWithCrowds(int detection, int truth) {
        var there = truths.get(truth);
        return overlap(found.get(detection).box(), there.box(), there.kind() == ObjectBox.Kind.CROWD);
    }

    /// In double precision, as in the reference: thresholds are met exactly where boxes are whole
    /// pixels.
    private static double overlap(Box found, Box there, boolean isCrowd) {
        double width = Math.min(found.x1(), there.x1()) - (double) Math.max(found.x0(), there.x0());
        double height = Math.min(found.y1(), there.y1()) - (double) Math.max(found.y0(), there.y0());
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double shared = width * height;
        return shared / (isCrowd ? area(found) : area(found) + area(there) - shared);
    }

    /// In pixels.
    static double area(Box box) {
        return (box.y1() - (double) box.y0()) * (box.x1() - (double) box.x0());
    }
}
