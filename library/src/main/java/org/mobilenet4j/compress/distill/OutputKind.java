package org.mobilenet4j.compress.distill;

import java.util.ArrayList;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;

/// The kind of a network's outputs.
enum OutputKind {
    /// Probabilities that sum to one.
    ONE_CLASS,
    /// Independent probabilities.
    MANY_LABELS,
    /// Logits of the last layer with weights.
    SCORES;

    static OutputKind of(Network network) {
        if (network.nodes().isEmpty()) {
            return SCORES;
        }
        return switch (network.nodes().getLast().layer()) {
            case Softmax _ -> ONE_CLASS;
            case Sigmoid _ -> MANY_LABELS;
            case Conv _,
                    DepthwiseConv _,
                    Dense _,
                    BatchNorm _,
                    Activation _,
                    Nonlinearity _,
                    Prelu _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> SCORES;
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
