package org.mobilenet4j.compress.distill;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;

/// A network that outputs its pooled features next to its logits.
///
/// If their number differs from the teacher's, a dense layer, trained along and dropped afterwards, projects them: what
/// matters is what a linear layer can read from the features, as the network's own last layer is linear. So the student
/// keeps its width and architecture (Romero et al., arXiv 1412.6550, do the same).
final class FeatureBranch {
    static final String PROJECTION = "teacher_features";

    private FeatureBranch() {}

    /// `student` with `features` features after its logits.
    ///
    /// @throws IllegalArgumentException when it does not end in pooling and a dense layer, or a convolution of one
    ///     pixel
    static Network of(Network student, int features) {
        var layers = new ArrayList<Layer>();
        flatten(student.body(), layers);
        int head = layers.size() - 1;
        while (head >= 0 && !(layers.get(head) instanceof Dense) && !(layers.get(head) instanceof Conv)) {
            head--;
        }
        // The features are those at inference, before any dropout.
        while (head > 0 && layers.get(head - 1) instanceof Dropout) {
            head--;
        }
        if (head < 1) {
            throw noFeatures(student);
        }
        var body = new Network(student.name(), student.input(), new Sequence("body", layers.subList(0, head)));
        if (body.output().pixels() != 1) {
            throw noFeatures(student);
        }
        int end = layers.getLast().is(Trait.PROBABILITIES) ? layers.size() - 1 : layers.size();
        Layer shown =
                body.output().channels() == features ? Sequence.identity() : new Dense(PROJECTION, features, true);
        var both = new Parallel(
                "scores_and_features",
                Parallel.Join.CONCATENATE,
                List.of(new Sequence("scores", layers.subList(head, end)), shown));
        var all = new ArrayList<>(layers.subList(0, head));
        all.add(both);
        return new Network(student.name(), student.input(), new Sequence("taught", all));
    }

    private static void flatten(Layer layer, List<Layer> layers) {
        if (layer instanceof Sequence sequence) {
            sequence.layers().forEach(inner -> flatten(inner, layers));
        } else {
            layers.add(layer);
        }
    }

    private static BadValueException noFeatures(Network network) {
        return new BadValueException("the network " + network.name()
                + " does not end in pooling and a classifier, so it has no features to match; match scores");
    }
}
