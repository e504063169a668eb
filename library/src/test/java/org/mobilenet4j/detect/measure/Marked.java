package org.mobilenet4j.detect.measure;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.data.box.AnnotatedPhoto;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.image.Image;

/// Photos with objects of classes `a` and `b`, and what was found in them, put down by hand.
final class Marked {
    private final List<AnnotatedPhoto> photos = new ArrayList<>();
    private final List<List<Detection>> found = new ArrayList<>();

    Marked photo(List<ObjectBox> objects, Detection... detections) {
        photos.add(new AnnotatedPhoto("photo " + photos.size(), () -> new Image(1, 1, new byte[3]), objects));
        found.add(List.of(detections));
        return this;
    }

    /// A square, or a rectangle twice as wide, at `x, 0`.
    static Box at(float x, float height, float width) {
        return new Box(0, x, height, x + width);
    }

    static ObjectBox truth(float x, float height, float width) {
        return new ObjectBox(0, at(x, height, width));
    }

    static ObjectBox truth(float x, float height, float width, ObjectBox.Kind kind) {
        return new ObjectBox(0, at(x, height, width), kind);
    }

    static Detection found(float score, float x, float height, float width) {
        return new Detection(0, "a", score, at(x, height, width));
    }

    Annotations annotations() {
        return new Annotations("marked", List.of("a", "b"), photos);
    }

    CocoFigures coco() {
        return CocoEvaluation.of(annotations(), found).figures();
    }

    VocEvaluation voc(VocRule rule) {
        return VocEvaluation.of(annotations(), found, rule);
    }
}
