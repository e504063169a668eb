package org.mobilenet4j.server.protocol;

import java.util.List;
import org.mobilenet4j.server.model.ServedModel;

/// What a model answered.
///
/// @param model that answered
/// @param rows the network's outputs for each input, not interpreted
public record Outputs(ServedModel model, List<float[]> rows) {
    /// Of a classifier: a probability for each class.
    public static final String PROBABILITIES = "probabilities";
    /// Of any network: its outputs as they are.
    public static final String RAW = "outputs";

    /// The names of a model's outputs.
    public static List<String> names(ServedModel model) {
        return isClassifier(model) ? List.of(PROBABILITIES, RAW) : List.of(RAW);
    }

    /// Whether a model answers with classes of whole photos.
    public static boolean isClassifier(ServedModel model) {
        return !model.isDetector()
                && model.model().outputs().areClasses()
                && model.plan().outputShape().pixels() == 1;
    }

    /// The shape of a model's output `name` for one input.
    public static List<Long> shape(ServedModel model, String name) {
        if (name.equals(PROBABILITIES)) {
            return List.of((long) model.model().classes());
        }
        var shape = model.plan().outputShape();
        return shape.pixels() == 1
                ? List.of((long) shape.channels())
                : List.of((long) shape.height(), (long) shape.width(), (long) shape.channels());
    }

    /// The values of an output for each input.
    public List<float[]> values(String name) {
        return name.equals(RAW) ? rows : rows.stream().map(this::probabilities).toList();
    }

    private float[] probabilities(float[] row) {
        var means = model.model().outputs();
        var scores = new float[means.classes(row.length)];
        means.rank(row, 0, row.length, scores);
        means.toProbabilities(scores, scores.length);
        return scores;
    }
}
