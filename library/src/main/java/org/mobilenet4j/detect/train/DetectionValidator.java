package org.mobilenet4j.detect.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.data.Target;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Validation;
import org.mobilenet4j.train.Validator;

/// Measures the mean average precision of detectors.
public final class DetectionValidator implements Validator {
    /// Photos in memory at a time.
    private static final int GROUP = 16;

    private final DataSet photos;
    private final Unreadable.Log unreadable = new Unreadable.Log();

    /// @param photos with objects
    public DetectionValidator(DataSet photos) {
        if (photos.size() == 0) {
            throw new BadValueException(photos.name() + ": has no photos to validate on; add some");
        }
        this.photos = photos;
    }

    @Override
    public Validation measure(Model model, int threads) throws IOException {
        var detector = Detector.open(model);
        var precision = new AveragePrecision(photos.labels().size());
        try (var reader = photos.inOrder()) {
            for (var group = group(reader); !group.isEmpty(); group = group(reader)) {
                add(group, detector, precision);
            }
        }
        return new Validation(precision.photos(), precision.mean(AveragePrecision.HALF), precision.mean());
    }

    private static List<Sample> group(SampleReader reader) throws IOException {
        var group = new ArrayList<Sample>();
        while (group.size() < GROUP) {
            var next = reader.next();
            if (next.isEmpty()) {
                break;
            }
            group.add(next.get());
        }
        return group;
    }

    private void add(List<Sample> group, Detector detector, AveragePrecision precision) {
        var images = new ArrayList<Image>();
        var truths = new ArrayList<List<ObjectBox>>();
        for (var sample : group) {
            try {
                images.add(sample.photo().decode());
                truths.add(objects(sample.target()));
            } catch (IOException problem) {
                unreadable.add(sample.index(), String.valueOf(problem.getMessage()));
            }
        }
        var found = detector.detect(images);
        for (int i = 0; i < images.size(); i++) {
            precision.add(found.get(i), truths.get(i));
        }
    }

    private static List<ObjectBox> objects(Target target) {
        return switch (target) {
            case Target.Boxes boxes ->
                boxes.marks().stream()
                        .map(mark -> new ObjectBox(
                                mark.label(), new Box(mark.y0(), mark.x0(), mark.y1(), mark.x1()), mark.isIgnored()))
                        .toList();
            case Target.OneClass _ ->
                throw new BadValueException("the validation photos have classes and no boxes; a detector needs boxes");
        };
    }

    @Override
    public Unreadable unreadable() {
        return unreadable.soFar();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
