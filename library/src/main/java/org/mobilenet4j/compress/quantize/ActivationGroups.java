package org.mobilenet4j.compress.quantize;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;

/// Which activations of a network are quantized, and which of them share a scale.
///
/// The output of a linear layer or a join is not quantized if an activation layer is its only reader: the two are fused
/// and rounded once. As TFLite requires, scales are shared by the inputs and outputs of layers that only move values,
/// of average pooling, and of concatenations.
final class ActivationGroups {
    private final Network network;
    private final int[] readers;
    /// For each value another one of its group; itself at the group's root.
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

    /// The id of the group of values that share a scale.
    int group(int value) {
        int root = value;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }

    /// Whether the output of `node` is quantized by itself, and not only after the activation fused into it.
    boolean isStored(Node node) {
        return !(node.layer().is(Trait.ACCUMULATES) && readers[node.id()] == 1 && activationReads(node));
    }

    private boolean activationReads(Node node) {
        return network.nodes().stream()
                .anyMatch(reader ->
                        reader.layer() instanceof Activation && reader.inputs().getFirst() == node.id());
    }

    /// The layers that need an entry for the scale of their output.
    List<Node> named() {
        return network.nodes().stream()
                .filter(node -> isStored(node) && !node.layer().is(Trait.MOVES_VALUES))
                .toList();
    }

    /// Whether the output of `node` must be observed to choose a scale: not if its values are those of its inputs,
    /// nor if the scale is fixed.
    boolean isMeasured(Node node) {
        return isStored(node) && !keepsScale(node.layer()) && !node.layer().is(Trait.PROBABILITIES);
    }
}
