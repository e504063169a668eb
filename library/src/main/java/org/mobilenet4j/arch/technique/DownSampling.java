package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;

/// Where a network makes its maps smaller: by the strides of its convolutions with more than one tap, depthwise ones
/// included.
final class DownSampling {
    private DownSampling() {}

    /// The stride of each such convolution, in order.
    static List<Integer> strides(Network network) {
        return spatial(network).stream()
                .map(node -> window(node.layer()).stride())
                .toList();
    }

    /// Which of [#strides] belong to convolutions that all of the image goes through, and not to a branch's.
    static List<Integer> chain(Network network) {
        var branches = new HashSet<Layer>();
        addBranches(network.body(), false, branches);
        var all = spatial(network);
        var chain = new ArrayList<Integer>();
        for (int i = 0; i < all.size(); i++) {
            if (!branches.contains(all.get(i).layer())) {
                chain.add(i);
            }
        }
        return chain;
    }

    /// A network's layers with as many strides as it has convolutions with more than one tap.
    static Layer body(Network network, List<Integer> strides) {
        var spatial = spatial(network);
        var byName = new HashMap<String, Integer>();
        for (int i = 0; i < spatial.size(); i++) {
            byName.put(spatial.get(i).name(), strides.get(i));
        }
        return Rewriting.leaves(network.body(), layer -> withStride(layer, byName.getOrDefault(layer.name(), 1)));
    }

    private static Layer withStride(Layer layer, int stride) {
        if (!isSpatial(layer)) {
            return layer;
        }
        var window = window(layer).withStride(stride);
        return switch (layer) {
            case Conv conv -> new Conv(conv.name(), conv.filters(), window, conv.groups(), conv.bias());
            case DepthwiseConv conv -> new DepthwiseConv(conv.name(), window, conv.channelMultiplier(), conv.bias());
            default -> layer;
        };
    }

    private static List<Node> spatial(Network network) {
        return network.nodes().stream().filter(node -> isSpatial(node.layer())).toList();
    }

    private static boolean isSpatial(Layer layer) {
        return window(layer).taps() > 1;
    }

    private static Window window(Layer layer) {
        return switch (layer) {
            case Conv conv -> conv.window();
            case DepthwiseConv conv -> conv.window();
            default -> Window.POINTWISE;
        };
    }

    private static void addBranches(Layer layer, boolean isBranch, Set<Layer> branches) {
        switch (layer) {
            case Sequence sequence -> sequence.layers().forEach(inner -> addBranches(inner, isBranch, branches));
            case Parallel parallel -> parallel.branches().forEach(inner -> addBranches(inner, true, branches));
            default -> {
                if (isBranch) {
                    branches.add(layer);
                }
            }
        }
    }
}
