package org.mobilenet4j.server.model;

import java.util.List;
import java.util.stream.IntStream;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.infer.PhotoRunner;
import org.mobilenet4j.server.batch.Lane;

/// Photos through a plan.
final class PhotoLane extends Lane<Photo, Image, Answer> {
    private final PhotoRunner runner;

    PhotoLane(PhotoRunner runner) {
        this.runner = runner;
    }

    @Override
    protected Image prepare(Photo photo) throws BadPhotoException {
        return photo.decode();
    }

    @Override
    protected List<Answer> run(List<Image> photos) {
        long start = System.nanoTime();
        var outputs = runner.runTogether(photos);
        double millis = (System.nanoTime() - start) / 1e6 / photos.size();
        return IntStream.range(0, photos.size())
                .mapToObj(i -> new Answer(photos.get(i), outputs.get(i), millis))
                .toList();
    }
}
