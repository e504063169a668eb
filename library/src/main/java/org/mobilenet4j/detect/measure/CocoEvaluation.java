package org.mobilenet4j.detect.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.error.BadValueException;

/// How well a detector does, as COCO measures it: figure by figure what its reference implementation
/// computes for boxes.
///
/// ```java
/// var found = new ArrayList<List<Detection>>();
/// for (var photo : annotations.photos()) {
///     found.add(detector.detect(photo.photo().decode()));
/// }
/// System.out.println(CocoEvaluation.of(annotations, found).figures().ap());
/// ```
///
/// Average precision depends on what has a low score too, so the detector should leave out next to
/// nothing ([org.mobilenet4j.detect.Detector#withMinScore]). Detections with equal scores count in the
/// order of their photos; the reference orders photos by their id.
///
/// @param figures the mean over the classes that have objects
/// @param classes in the order of the annotations
public record CocoEvaluation(CocoFigures figures, List<CocoClass> classes) {
    public CocoEvaluation {
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(classes, "classes");
        classes = List.copyOf(classes);
    }

    /// Measures what was found in the photos of `annotations`.
    ///
    /// @param found the detections of each photo, in their order, in pixels; their indices are those of
    ///     the annotations' classes
    /// @throws BadValueException if there are not as many lists as photos, or a detection is of none of
    ///     the classes, or its score or box are not numbers
    public static CocoEvaluation of(Annotations annotations, List<List<Detection>> found) {
        var photos = PhotoClass.byClass(annotations, found);
        var classes = new ArrayList<CocoClass>();
        for (int i = 0; i < photos.size(); i++) {
            classes.add(CocoClass.of(annotations.labels().get(i), photos.get(i)));
        }
        return new CocoEvaluation(
                CocoFigures.mean(classes.stream().map(CocoClass::figures).toList()), classes);
    }
}
