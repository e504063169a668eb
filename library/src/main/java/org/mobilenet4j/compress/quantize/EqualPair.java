package org.mobilenet4j.compress.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;

/// Two linear layers, the second of which is the only reader of the first one's output, channel by channel.
///
/// @param first the first layer
/// @param second the second layer
/// @param activations names of the activations in between
record EqualPair(LinearNode first, LinearNode second, List<String> activations) {
    EqualPair {
        activations = List.copyOf(activations);
    }

    /// All pairs of `network`, in order.
    static List<EqualPair> of(Network network) {
        var pairs = new ArrayList<EqualPair>();
        for (var node : network.nodes()) {
            if (LinearNode.is(node)) {
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
        return readers.size() == 1 && LinearNode.is(readers.getFirst())
                ? Optional.of(new EqualPair(new LinearNode(first), new LinearNode(readers.getFirst()), activations))
                : Optional.empty();
    }

    private static boolean letsFactorsThrough(Node node) {
        return switch (node.layer()) {
            case Activation _, Pool _, GlobalAveragePool _, ZeroPad _ -> true;
            case Conv _,
                    DepthwiseConv _,
                    Dense _,
                    BatchNorm _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> false;
        };
    }

    private static List<Node> readers(Network network, Node node) {
        return network.nodes().stream()
                .filter(reader -> reader.inputs().contains(node.id()))
                .toList();
    }
}
