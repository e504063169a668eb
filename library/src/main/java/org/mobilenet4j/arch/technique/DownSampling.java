package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mobilenet4j.arch.Convolution;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;

/// Where a network downsamples: the strides of its convolutions with more than one tap, depthwise ones included.
final class DownSampling {
    private DownSampling() {}

    /// How many such convolutions there are.
    static int count(Network network) {
        return spatial(network).size();
    }

    /// The stride of each such convolution, in order.
    ///
    /// @throws IllegalArgumentException naming one whose stride differs between rows and columns
    static List<Integer> strides(Network network) {
        return spatial(network).stream()
                .map(node -> stride(node.name(), ((Convolution) node.layer()).window()))
                .toList();
    }

    private static int stride(String name, Window window) {
        if (!window.hasOneStride()) {
            throw new BadValueException(
                    "strides cannot be moved where they differ between rows and columns, as that of " + name + ", "
                            + window.strides() + ", does");
        }
        return window.strideRows();
    }

    /// Which of [#strides] belong to convolutions outside branches.
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

    /// A network's layers with new strides, one for each convolution with more than one tap.
    static Layer body(Network network, List<Integer> strides) {
        var spatial = spatial(network);
        var byName = new HashMap<String, Integer>();
        for (int i = 0; i < spatial.size(); i++) {
            byName.put(spatial.get(i).name(), strides.get(i));
        }
        return network.body()
                .map(layer -> layer instanceof Convolution conv && isSpatial(conv)
                        ? conv.withWindow(conv.window().withStride(byName.getOrDefault(conv.name(), 1)))
                        : layer);
    }

    private static List<Node> spatial(Network network) {
        return network.nodes().stream().filter(node -> isSpatial(node.layer())).toList();
    }

    private static boolean isSpatial(Layer layer) {
        return layer instanceof Convolution conv && conv.window().taps() > 1;
    }

    private static void addBranches(Layer layer, boolean isBranch, Set<Layer> branches) {
        switch (layer) {
            case Sequence sequence -> sequence.layers().forEach(inner -> addBranches(inner, isBranch, branches));
            case Parallel parallel -> parallel.branches().forEach(inner -> addBranches(inner, true, branches));
            case Leaf leaf -> {
                if (isBranch) {
                    branches.add(leaf);
                }
            }
        }
    }
}
