package org.mobilenet4j.server.model;

import java.util.List;
import java.util.OptionalInt;
import org.mobilenet4j.explain.Explainer;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.server.batch.Lane;

/// Photos to where a class is seen in them.
final class ExplanationLane extends Lane<Photo, Image, ExplainedPhoto> {
    private final Explainer explainer;
    private final OptionalInt index;

    /// @param index of the class; each photo's most probable one if empty
    ExplanationLane(Explainer explainer, OptionalInt index) {
        this.explainer = explainer;
        this.index = index;
    }

    @Override
    protected Image prepare(Photo photo) throws BadPhotoException {
        return photo.decode();
    }

    @Override
    protected List<ExplainedPhoto> run(List<Image> photos) {
        return photos.stream()
                .map(photo -> new ExplainedPhoto(
                        photo,
                        index.isPresent() ? explainer.explain(photo, index.getAsInt()) : explainer.explain(photo)))
                .toList();
    }
}
