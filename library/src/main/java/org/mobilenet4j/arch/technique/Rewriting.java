package org.mobilenet4j.arch.technique;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Convolution;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.RoundedPools;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// What techniques share: rewriting a tree of layers, and building a network from the result.
final class Rewriting {
    private Rewriting() {}

    /// `layer` with `change` applied to each of its lists of layers, innermost lists first. A leaf that stands
    /// alone, as a branch or as a whole network, is a list of one.
    static Layer lists(Layer layer, UnaryOperator<List<Layer>> change) {
        return switch (layer) {
            case Sequence sequence -> {
                var whole = sequence.mapInner(inner -> inner instanceof Leaf ? inner : lists(inner, change));
                yield new Sequence(sequence.name(), change.apply(whole.layers()));
            }
            case Parallel parallel -> parallel.mapInner(branch -> lists(branch, change));
            case Leaf leaf -> {
                var changed = change.apply(List.of(leaf));
                yield changed.size() == 1 ? changed.getFirst() : new Sequence("", changed);
            }
        };
    }

    /// The network of the layers into which `technique` has changed those of `before`.
    ///
    /// @param why the reason if nothing changed, for example `it has no depthwise convolution`
    /// @throws IllegalArgumentException when nothing changed, or the layers do not fit
    static Network network(Technique technique, Network before, Shape input, Layer body, String why) {
        if (body.equals(before.body()) && input.equals(before.input())) {
            throw new BadValueException(technique + " changes nothing in " + before.name() + ": " + why);
        }
        try {
            var name = before.name() + "-" + technique.toString().replaceAll("[=:+]", "-");
            return new Network(name, input, RoundedPools.adapted(before, input, body));
        } catch (BadValueException e) {
            throw new BadValueException(technique + " does not fit " + before.name() + ": " + e.getMessage(), e);
        }
    }

    /// The same for a technique that leaves the input as it is.
    static Network network(Technique technique, Network before, Layer body, String why) {
        return network(technique, before, before.input(), body, why);
    }

    /// The first convolution, which sees the image's few channels; most techniques leave it alone.
    static Optional<Node> firstConv(Network network) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Convolution)
                .findFirst();
    }

    /// The names of the layers that make the network's outputs, whose channels say something: the
    /// last convolution or dense layer, or the last of each branch, as a detector's predictors. None
    /// where batch normalization follows it, as in a network that ends in features.
    static Set<String> heads(Network network) {
        var heads = new HashSet<String>();
        var nodes = network.nodes();
        var isOutput = new boolean[nodes.size() + 1];
        isOutput[nodes.size()] = true;
        for (var node : nodes.reversed()) {
            if (!isOutput[node.id()] || node.layer() instanceof BatchNorm) {
                continue;
            }
            if (node.layer() instanceof Conv || node.layer() instanceof Dense) {
                heads.add(node.name());
            } else {
                node.inputs().forEach(input -> isOutput[input] = true);
            }
        }
        return heads;
    }

    /// Whether `layer` is a convolution over all channels with more than one tap, and not the network's first: one
    /// that a separable convolution, a smaller one or a Fire module can replace.
    static boolean isReplaceable(Layer layer, Network network) {
        return layer instanceof Conv conv
                && conv.window().taps() > 1
                && conv.groups() == 1
                && firstConv(network).filter(node -> node.layer().equals(conv)).isEmpty();
    }
}
