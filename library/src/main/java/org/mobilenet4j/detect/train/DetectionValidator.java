package org.mobilenet4j.detect.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.box.AnnotatedPhoto;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.detect.measure.CocoEvaluation;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Validation;
import org.mobilenet4j.train.Validator;

/// Measures the mean average precision of detectors, as COCO does.
public final class DetectionValidator implements Validator {
    /// Photos in memory at a time.
    private static final int GROUP = 16;

    private final Annotations annotations;
    private final Unreadable.Log unreadable = new Unreadable.Log();

    /// @param annotations photos that the detectors do not learn from
    public DetectionValidator(Annotations annotations) {
        if (annotations.photos().isEmpty()) {
            throw new BadValueException(annotations.name() + ": has no photos to validate on; add some");
        }
        this.annotations = annotations;
    }

    @Override
    public Validation measure(Model model, int threads) throws IOException {
        var evaluation = evaluate(Detector.open(model));
        int photos = annotations.photos().size() - unreadable.soFar().count();
        var figures = evaluation.figures();
        return new Validation(photos, orNone(figures.ap50()), orNone(figures.ap()));
    }

    private static double orNone(double precision) {
        return Double.isNaN(precision) ? 0 : precision;
    }

    /// What `detector` does on the photos that can be read.
    ///
    /// @throws IOException if none can be read
    public CocoEvaluation evaluate(Detector detector) throws IOException {
        var read = new ArrayList<AnnotatedPhoto>();
        var found = new ArrayList<List<Detection>>();
        var photos = annotations.photos();
        for (int from = 0; from < photos.size(); from += GROUP) {
            var images = new ArrayList<Image>();
            for (int i = from; i < Math.min(from + GROUP, photos.size()); i++) {
                try {
                    images.add(photos.get(i).photo().decode());
                    read.add(photos.get(i));
                } catch (IOException problem) {
                    unreadable.add(i, String.valueOf(problem.getMessage()));
                }
            }
            found.addAll(detector.detect(images));
        }
        if (read.isEmpty()) {
            throw new BadFileException(annotations.name(), "none of its photos can be read; check the files");
        }
        return CocoEvaluation.of(new Annotations(annotations.name(), annotations.labels(), read), found);
    }

    @Override
    public Unreadable unreadable() {
        return unreadable.soFar();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /// The photos that it measures on.
    @Override
    public String toString() {
        return "DetectionValidator[" + annotations + "]";
    }
}
