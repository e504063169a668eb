package org.mobilenet4j.compress.prune;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
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
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;

/// Removes channels from a network, and records which channels each layer keeps.
final class ChannelRemoval {
    private static final String SUFFIX = "-pruned";

    private final ChannelTies ties;
    private final BitSet removed;
    private final Map<String, Node> nodes = new HashMap<>();

    /// @param removed the ties to remove
    ChannelRemoval(ChannelTies ties, BitSet removed) {
        this.ties = ties;
        this.removed = removed;
        ties.network().nodes().forEach(node -> nodes.put(node.name(), node));
    }

    /// The smaller network.
    Network network() {
        var whole = ties.network();
        var name = whole.name().endsWith(SUFFIX) ? whole.name() : whole.name() + SUFFIX;
        return new Network(name, whole.input(), whole.body().map(this::smaller));
    }

    /// The kept output channels of the node with this id, in order.
    int[] kept(int id) {
        int[] all = ties.ties(id);
        return IntStream.range(0, all.length).filter(c -> !removed.get(all[c])).toArray();
    }

    /// The removed input channels of `node`, in order.
    int[] goneFromInput(Node node) {
        int[] all = ties.ties(node.inputs().getFirst());
        return IntStream.range(0, all.length).filter(c -> removed.get(all[c])).toArray();
    }

    private Leaf smaller(Leaf layer) {
        return switch (layer) {
            case Conv conv -> smaller(conv, node(conv));
            case Dense dense -> dense.withUnits(kept(node(dense).id()).length);
            case DepthwiseConv _,
                    BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _ -> layer;
        };
    }

    private Conv smaller(Conv conv, Node node) {
        int filters = kept(node.id()).length;
        int groups = ChannelTies.isDepthwise(conv, node) ? kept(node.inputs().getFirst()).length : conv.groups();
        return new Conv(conv.name(), filters, conv.window(), groups, conv.bias());
    }

    private Node node(Layer layer) {
        return Objects.requireNonNull(nodes.get(layer.name()));
    }

    /// The kept input channels of a group: the same in each group.
    int[] keptOfGroup(Conv conv, Node node) {
        int each = node.input().channels() / conv.groups();
        return ChannelTies.isDepthwise(conv, node)
                ? new int[] {0}
                : Arrays.stream(kept(node.inputs().getFirst()))
                        .filter(c -> c < each)
                        .toArray();
    }
}
