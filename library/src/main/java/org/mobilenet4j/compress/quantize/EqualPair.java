package org.mobilenet4j.compress.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.ZeroPad;

/// Two linear layers of which the second alone reads what the first makes, channel by channel.
///
/// @param first the layer before
/// @param second the layer behind
/// @param activations names of the activations in between
record EqualPair(LinearLayer first, LinearLayer second, List<String> activations) {
    EqualPair {
        activations = List.copyOf(activations);
    }

    /// All of `network`, in order.
    static List<EqualPair> of(Network network) {
        var pairs = new ArrayList<EqualPair>();
        for (var node : network.nodes()) {
            if (LinearLayer.is(node)) {
                from(network, node).ifPresent(pairs::add);
            }
        }
        return pairs;
    }

    private static Optional<EqualPair> from(Network network, Node first) {
        var activations = new ArrayList<String>();
        var readers = readers(network, first);
        while (readers.size() == 1 && letsFactorsThrough(readers.getFirst())) {
            var node = readers.getFirst();
            if (node.layer() instanceof Activation) {
                activations.add(node.name());
            }
            readers = readers(network, node);
        }
        return readers.size() == 1 && LinearLayer.is(readers.getFirst())
                ? Optional.of(new EqualPair(new LinearLayer(first), new LinearLayer(readers.getFirst()), activations))
                : Optional.empty();
    }

    private static boolean letsFactorsThrough(Node node) {
        return node.layer() instanceof Activation
                || node.layer() instanceof Pool
                || node.layer() instanceof GlobalAveragePool
                || node.layer() instanceof ZeroPad;
    }

    private static List<Node> readers(Network network, Node node) {
        return network.nodes().stream()
                .filter(reader -> reader.inputs().contains(node.id()))
                .toList();
    }
}
