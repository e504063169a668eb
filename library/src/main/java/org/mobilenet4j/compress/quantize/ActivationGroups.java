package org.mobilenet4j.compress.quantize;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Trait;

/// Which activations of a network are quantized, and which of them share a scale.
///
/// The output of a linear layer or a join is not quantized if an activation layer is its only reader: the two are fused
/// and rounded once. As TFLite requires, scales are shared by the inputs and outputs of layers that only move values,
/// of average pooling, and of concatenations. The parts of a detector's output keep scales of their own: boxes and
/// scores of several feature maps have different ranges, and nothing but post-processing reads them
/// ([org.mobilenet4j.model.NetworkQuantization#isBundle]).
final class ActivationGroups {
    private final Network network;
    private final int[] readers;
    /// For each value another one of its group; itself at the group's root.
    private final int[] parents;

    /// Joins at the network's end whose parts keep their scales.
    private final Set<Integer> bundles = new HashSet<>();

    /// @param isDetector whether the network's output consists of boxes and scores
    ActivationGroups(Network network, boolean isDetector) {
        this.network = network;
        int values = network.nodes().size() + 1;
        this.parents = new int[values];
        this.readers = new int[values];
        Arrays.setAll(parents, value -> value);
        network.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
        if (isDetector && !network.nodes().isEmpty()) {
            addBundles(network.nodes().getLast());
        }
        for (var node : network.nodes()) {
            if (keepsScale(node.layer()) && !bundles.contains(node.id())) {
                node.inputs().forEach(input -> join(input, node.id()));
            }
        }
    }

    private void addBundles(Node node) {
        boolean joinsVectors = node.layer() instanceof Parallel parallel
                && parallel.join() == Parallel.Join.CONCATENATE
                && node.output().pixels() == 1;
        if (joinsVectors) {
            bundles.add(node.id());
            node.inputs().stream()
                    .filter(input -> input != Node.INPUT && readers[input] == 1)
                    .forEach(input -> addBundles(network.nodes().get(input - 1)));
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
                .filter(node -> isStored(node) && !node.layer().is(Trait.MOVES_VALUES) && !bundles.contains(node.id()))
                .toList();
    }

    /// Whether the output of `node` must be observed to choose a scale: not if its values are those of its inputs,
    /// nor if the scale is fixed.
    boolean isMeasured(Node node) {
        return isStored(node) && !keepsScale(node.layer()) && !node.layer().is(Trait.PROBABILITIES);
    }
}
