package org.mobilenet4j.compress.distill;

import java.util.ArrayList;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;

/// What a network's outputs are.
enum OutputKind {
    /// Probabilities that sum to one.
    ONE_CLASS,
    /// Probabilities that do not depend on each other.
    MANY_LABELS,
    /// Scores as the last layer with weights makes them.
    SCORES;

    static OutputKind of(Network network) {
        if (network.nodes().isEmpty()) {
            return SCORES;
        }
        return switch (network.nodes().getLast().layer()) {
            case Softmax _ -> ONE_CLASS;
            case Sigmoid _ -> MANY_LABELS;
            default -> SCORES;
        };
    }

    /// `network` with a sigmoid in place of the softmax at its end, if it has one.
    static Network withSigmoid(Network network) {
        if (!(network.body() instanceof Sequence whole)
                || whole.layers().isEmpty()
                || !(whole.layers().getLast() instanceof Softmax softmax)) {
            return network;
        }
        var layers = new ArrayList<>(whole.layers());
        layers.set(layers.size() - 1, new Sigmoid(softmax.name()));
        return new Network(network.name(), network.input(), new Sequence(whole.name(), layers));
    }
}
