package org.mobilenet4j.data.box;

import java.util.List;
import org.mobilenet4j.data.IndexedDataSet;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.Target;

/// Annotated photos as a data set, whose targets are boxes.
public final class BoxDataSet extends IndexedDataSet {
    private final Annotations annotations;
    private final List<Target.Boxes> targets;

    /// @param annotations what it is made of
    public BoxDataSet(Annotations annotations) {
        this.annotations = annotations;
        this.targets = annotations.photos().stream().map(BoxDataSet::target).toList();
    }

    private static Target.Boxes target(AnnotatedPhoto photo) {
        return new Target.Boxes(photo.objects().stream()
                .map(object -> {
                    var box = object.box();
                    return new Target.Mark(object.label(), object.isIgnored(), box.y0(), box.x0(), box.y1(), box.x1());
                })
                .toList());
    }

    @Override
    public Sample sample(int index) {
        var photo = annotations.photos().get(index);
        return new Sample(index, photo.name(), targets.get(index), photo.photo());
    }

    @Override
    public String name() {
        return annotations.name();
    }

    @Override
    public List<String> labels() {
        return annotations.labels();
    }

    @Override
    public int size() {
        return targets.size();
    }

    @Override
    public int label(int index) {
        return targets.get(index).label();
    }
}
