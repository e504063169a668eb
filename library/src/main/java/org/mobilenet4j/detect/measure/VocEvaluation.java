package org.mobilenet4j.detect.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.error.BadValueException;

/// How well a detector does, as Pascal VOC measures it (Everingham et al., IJCV 88, 2010).
///
/// Objects that are difficult count neither for nor against a detector, nor what finds them; crowds,
/// which VOC does not have, count as such. VOC's own program counts a box's last pixel as a part of it
/// (`xmax - xmin + 1`); here boxes have edges between pixels, as all in this library, which is the same
/// if the box was read so.
///
/// @param map mean average precision: the mean over the classes that have objects, from 0 to 1; NaN if
///     none has
/// @param classes in the order of the annotations
public record VocEvaluation(double map, List<VocClass> classes) {
    /// The least overlap of what counts as found.
    public static final double OVERLAP = 0.5;

    public VocEvaluation {
        Objects.requireNonNull(classes, "classes");
        classes = List.copyOf(classes);
    }

    /// Measures what was found in the photos of `annotations`, at an overlap of at least [#OVERLAP].
    ///
    /// @param found the detections of each photo, in their order, in pixels; their indices are those of
    ///     the annotations' classes
    /// @throws BadValueException if there are not as many lists as photos, or a detection is of none of
    ///     the classes, or its score or box are not numbers
    public static VocEvaluation of(Annotations annotations, List<List<Detection>> found, VocRule rule) {
        return of(annotations, found, rule, OVERLAP);
    }

    /// The same at another overlap.
    ///
    /// @param overlap the least area of the intersection as a share of that of the union, above 0, up
    ///     to 1
    public static VocEvaluation of(Annotations annotations, List<List<Detection>> found, VocRule rule, double overlap) {
        if (!(overlap > 0 && overlap <= 1)) {
            throw new BadValueException("an overlap is from 0 to 1, not " + overlap);
        }
        var photos = PhotoClass.byClass(annotations, found);
        var classes = new ArrayList<VocClass>();
        for (int i = 0; i < photos.size(); i++) {
            classes.add(VocClass.of(annotations.labels().get(i), photos.get(i), rule, overlap));
        }
        double map = classes.stream()
                .mapToDouble(VocClass::ap)
                .filter(ap -> !Double.isNaN(ap))
                .average()
                .orElse(Double.NaN);
        return new VocEvaluation(map, classes);
    }
}
