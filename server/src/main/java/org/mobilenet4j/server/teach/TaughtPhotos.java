package org.mobilenet4j.server.teach;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.data.IndexedDataSet;
import org.mobilenet4j.data.Sample;

/// The photos of a session at one moment, as a data set.
final class TaughtPhotos extends IndexedDataSet {
    private final List<String> labels;
    private final List<Sample> samples;

    /// The photos of each class, classes in the order of the map.
    TaughtPhotos(Map<String, List<TaughtPhoto>> classes) {
        this.labels = List.copyOf(classes.keySet());
        this.samples = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            for (var photo : classes.getOrDefault(labels.get(label), List.of())) {
                samples.add(new Sample(samples.size(), photo.name(), label, photo));
            }
        }
    }

    @Override
    public Sample sample(int index) {
        return samples.get(index);
    }

    @Override
    public String name() {
        return "the session's photos";
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public int label(int index) {
        return samples.get(index).label();
    }
}
