package org.mobilenet4j.compress.quantize;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;

/// Which maps of a network are stored when it computes with integers, and which of them have one scale.
///
/// What a linear layer or a join makes is not stored where an activation alone reads it: both are
/// rounded once. One scale for several maps is what TFLite asks for: of layers that only move values,
/// of average pooling, and of a concatenation and its branches.
final class ActivationGroups {
    private final Network network;
    private final int[] readers;
    /// For each value one of the same group; itself at the group's root.
    private final int[] parents;

    ActivationGroups(Network network) {
        this.network = network;
        int values = network.nodes().size() + 1;
        this.parents = new int[values];
        this.readers = new int[values];
        Arrays.setAll(parents, value -> value);
        network.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
        for (var node : network.nodes()) {
            if (keepsScale(node.layer())) {
                node.inputs().forEach(input -> join(input, node.id()));
            }
        }
    }

    private static boolean keepsScale(Layer layer) {
        return layer.is(Trait.MOVES_VALUES) || layer.is(Trait.SHARES_SCALE);
    }

    private void join(int first, int second) {
        parents[group(second)] = group(first);
    }

    /// A number that all values of one scale have in common.
    int group(int value) {
        int root = value;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }

    /// Whether the output of `node` is stored, and not only what the activation behind it makes of it.
    boolean isStored(Node node) {
        return !(node.layer().is(Trait.ACCUMULATES) && readers[node.id()] == 1 && activationReads(node));
    }

    private boolean activationReads(Node node) {
        return network.nodes().stream()
                .anyMatch(reader ->
                        reader.layer() instanceof Activation && reader.inputs().getFirst() == node.id());
    }

    /// The layers whose outputs are stored with a scale that is said.
    List<Node> named() {
        return network.nodes().stream()
                .filter(node -> isStored(node) && !node.layer().is(Trait.MOVES_VALUES))
                .toList();
    }

    /// Whether `node` makes numbers that have to be seen to choose a scale: not where they are those of
    /// the maps before it, nor where the scale is known.
    boolean isMeasured(Node node) {
        return isStored(node) && !keepsScale(node.layer()) && !node.layer().is(Trait.PROBABILITIES);
    }
}
