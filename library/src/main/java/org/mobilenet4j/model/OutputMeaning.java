package org.mobilenet4j.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Trait;

/// What a network's outputs mean, as far as the network tells: by the layers at its end, or else by the range of its
/// values and by whether there are labels.
///
/// @param outputs their meaning
/// @param reason how that is known, such as `it ends in a softmax`
/// @param isAssumed whether the network leaves a doubt
public record OutputMeaning(Outputs outputs, String reason, boolean isAssumed) {
    public OutputMeaning {
        Objects.requireNonNull(outputs, "outputs");
        Objects.requireNonNull(reason, "reason");
    }

    /// The scale of a quantized softmax or sigmoid: from 0 up to, but not including, 1.
    private static final float PROBABILITY_SCALE = 1 / 256f;

    /// The meaning of the outputs of `network`.
    ///
    /// @param quantization of its feature maps, if they are stored as integers
    /// @param isLabeled whether each output has a name
    public static OutputMeaning of(Network network, Optional<NetworkQuantization> quantization, boolean isLabeled) {
        var output = network.output();
        if (output.pixels() > 1) {
            return told(Outputs.FEATURES, "it ends in a feature map");
        }
        boolean isOne = output.channels() == 1;
        var end = end(network);
        if (end == Outputs.PROBABILITIES) {
            return told(end, "it ends in a softmax");
        }
        if (end == Outputs.SIGMOIDS) {
            return told(isOne ? Outputs.ONE_SIGMOID : end, "it ends in a sigmoid");
        }
        if (quantization.isPresent()
                && !network.nodes().isEmpty()
                && !quantization.get().isBundle(network.nodes().getLast())) {
            var stored = quantization.get().of(network, network.nodes().getLast());
            if (stored.low() == 0 && stored.scale() == PROBABILITY_SCALE) {
                return assumed(isOne ? Outputs.ONE_SIGMOID : Outputs.PROBABILITIES, "its values are stored for 0 to 1");
            }
        }
        if (end == Outputs.FEATURES && !isLabeled) {
            return told(end, "it ends in feature maps");
        }
        if (end == Outputs.LOGITS) {
            var reason = "it ends without softmax or sigmoid";
            return isOne ? assumed(Outputs.ONE_LOGIT, reason) : told(end, reason);
        }
        return isLabeled
                ? assumed(
                        isOne ? Outputs.ONE_LOGIT : Outputs.LOGITS,
                        "it ends in no layer of a classifier, but has" + " labels")
                : assumed(Outputs.FEATURES, "it ends in no layer of a classifier, and has no labels");
    }

    /// The number of classes that the outputs of `network` tell apart, if they are about classes.
    public static int classes(Network network) {
        return of(network, Optional.empty(), true)
                .outputs()
                .classes(network.output().channels());
    }

    /// The meaning of the outputs of `model`, which may know better than its network.
    public static OutputMeaning of(Model model) {
        if (model.boxes().isPresent()) {
            return told(model.outputs(), "it has anchors");
        }
        var own = of(model.network(), model.quantization(), !model.labels().isEmpty());
        return own.outputs == model.outputs() ? own : told(model.outputs(), "so given");
    }

    private static OutputMeaning told(Outputs outputs, String reason) {
        return new OutputMeaning(outputs, reason, false);
    }

    private static OutputMeaning assumed(Outputs outputs, String reason) {
        return new OutputMeaning(outputs, reason, true);
    }

    /// What the last layers say, with [Outputs#SIGMOIDS] for any number of sigmoids, and [Outputs#FEATURES] where
    /// values
    /// of several pixels lie side by side, as in a detector; null if they say nothing.
    private static @Nullable Outputs end(Network network) {
        var nodes = network.nodes();
        var ends = new Outputs[nodes.size() + 1];
        for (var node : nodes) {
            ends[node.id()] = end(node, ends);
        }
        return nodes.isEmpty() ? null : ends[nodes.getLast().id()];
    }

    private static @Nullable Outputs end(Node node, @Nullable Outputs[] before) {
        var layer = node.layer();
        if (layer instanceof Softmax) {
            return Outputs.PROBABILITIES;
        }
        if (layer instanceof Sigmoid) {
            return Outputs.SIGMOIDS;
        }
        if (layer instanceof LinearLayer || layer instanceof BatchNorm) {
            return Outputs.LOGITS;
        }
        if (layer instanceof Flatten && node.input().pixels() > 1) {
            return Outputs.FEATURES;
        }
        if (layer instanceof Parallel parallel) {
            return joined(parallel.join(), node.inputs(), before);
        }
        return keepsMeaning(layer) ? before[node.inputs().getFirst()] : null;
    }

    private static @Nullable Outputs joined(Parallel.Join join, List<Integer> branches, @Nullable Outputs[] before) {
        if (branches.stream().anyMatch(id -> before[id] == Outputs.FEATURES)) {
            return Outputs.FEATURES;
        }
        boolean areLogits = branches.stream().allMatch(id -> before[id] == Outputs.LOGITS);
        boolean areProbabilities =
                branches.stream().allMatch(id -> before[id] == Outputs.SIGMOIDS || before[id] == Outputs.PROBABILITIES);
        return switch (join) {
            case CONCATENATE -> areLogits ? Outputs.LOGITS : areProbabilities ? Outputs.SIGMOIDS : null;
            case ADD -> areLogits ? Outputs.LOGITS : null;
            case MULTIPLY -> null;
        };
    }

    /// Whether the layer only moves, drops or averages values.
    private static boolean keepsMeaning(Layer layer) {
        return layer.is(Trait.MOVES_VALUES) || layer.is(Trait.SHARES_SCALE) || layer instanceof GlobalAveragePool;
    }
}
