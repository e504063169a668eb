package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.error.BadValueException;

/// Pointwise convolutions in groups, with channel shuffles between, as in ShuffleNet's unit (Zhang et al., arXiv
/// 1707.01083, figure 2): pointwise work and weights fall to `1 / groups`, and the shuffle lets each group see the
/// features of all previous groups.
///
/// A shuffle comes after a grouped pointwise convolution and before the depthwise one that follows, as in the paper.
/// The network's first convolution and its classifier see all channels. The paper's shortcuts around the units are
/// another technique and not added, so that costs and accuracies show the effect of groups and shuffles alone.
///
/// @param groups number of groups, from 2 up; must divide the input and output channels of the pointwise convolutions
public record ShuffledGroups(int groups) implements Technique {
    public ShuffledGroups {
        if (groups < 2) {
            throw new BadValueException("shuffle needs 2 groups or more, not " + groups);
        }
    }

    /// Parses the number of groups.
    static ShuffledGroups parse(String text) {
        try {
            return new ShuffledGroups(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new BadValueException(
                    "shuffle needs a number of groups, for example shuffle=4, not '" + text + "'", e);
        }
    }

    @Override
    public Network apply(Network network) {
        var grouped = grouped(network);
        var names = grouped.stream().map(Node::name).collect(Collectors.toSet());
        var first = grouped.isEmpty() ? "" : grouped.getFirst().name();
        var body = Rewriting.lists(network.body(), layers -> shuffled(layers, names, first));
        return Rewriting.network(
                this, network, body, "it has no pointwise convolution over all channels except its first and last");
    }

    private List<Node> grouped(Network network) {
        var first = Rewriting.firstConv(network).map(Node::name).orElse("");
        var heads = Rewriting.heads(network);
        var grouped = new ArrayList<Node>();
        for (var node : network.nodes()) {
            if (node.layer() instanceof Conv conv
                    && conv.window().taps() == 1
                    && conv.groups() == 1
                    && !node.name().equals(first)
                    && !heads.contains(node.name())) {
                if (node.input().channels() % groups != 0 || conv.filters() % groups != 0) {
                    throw new BadValueException(this + " does not fit " + network.name() + ": " + conv.name()
                            + " makes " + conv.filters() + " channels of "
                            + node.input().channels() + ", which "
                            + groups + " groups do not divide");
                }
                grouped.add(node);
            }
        }
        return grouped;
    }

    private List<Layer> shuffled(List<Layer> layers, Set<String> grouped, String first) {
        var changed = new ArrayList<Layer>();
        for (var layer : layers) {
            if (layer instanceof Conv conv && grouped.contains(conv.name())) {
                if (!conv.name().equals(first)) {
                    changed.add(beforeDepthwise(changed), new ChannelShuffle(conv.name() + "_shuffle", groups));
                }
                changed.add(new Conv(conv.name(), conv.filters(), conv.window(), groups, conv.bias()));
            } else {
                changed.add(layer);
            }
        }
        return changed;
    }

    /// The index of the depthwise convolution, with its normalization and activation, that `layers` end in, or
    /// else their end: layers that treat each channel separately work just as well on shuffled channels.
    private static int beforeDepthwise(List<Layer> layers) {
        int index = layers.size();
        if (index > 0 && layers.get(index - 1) instanceof Activation) {
            index--;
        }
        if (index > 0 && layers.get(index - 1) instanceof BatchNorm) {
            index--;
        }
        boolean isDepthwise =
                index > 0 && layers.get(index - 1) instanceof DepthwiseConv conv && conv.channelMultiplier() == 1;
        return isDepthwise ? index - 1 : layers.size();
    }

    @Override
    public String toString() {
        return "shuffle=" + groups;
    }
}
