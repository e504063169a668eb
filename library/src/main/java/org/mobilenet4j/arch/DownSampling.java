package org.mobilenet4j.arch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/// Where a network makes its maps smaller: early saves work and loses features, late keeps accuracy and saves little,
/// evenly spaced strides are the compromise.
public final class DownSampling {
    private DownSampling() {}

    /// `network` with other strides.
    ///
    /// @param strides one for each convolution with more than one tap, depthwise ones included, in order
    /// @throws IllegalArgumentException when there are more or fewer such convolutions, or layers do not fit
    public static Network schedule(Network network, List<Integer> strides) {
        long count =
                network.nodes().stream().filter(node -> isSpatial(node.layer())).count();
        if (count != strides.size()) {
            throw new IllegalArgumentException("the network " + network.name() + " has " + count
                    + " convolutions with more than one tap, so its strides are as many numbers, not "
                    + strides.size());
        }
        var body = replace(network.body(), strides.iterator());
        var digits = strides.stream().map(String::valueOf).collect(Collectors.joining());
        return new Network(network.name() + "-strides-" + digits, network.input(), body);
    }

    private static boolean isSpatial(Layer layer) {
        return switch (layer) {
            case Conv conv -> conv.window().taps() > 1;
            case DepthwiseConv conv -> conv.window().taps() > 1;
            default -> false;
        };
    }

    private static Layer replace(Layer layer, Iterator<Integer> strides) {
        return switch (layer) {
            case Conv conv
            when isSpatial(conv) ->
                new Conv(
                        conv.name(),
                        conv.filters(),
                        conv.window().withStride(strides.next()),
                        conv.groups(),
                        conv.bias());
            case DepthwiseConv conv
            when isSpatial(conv) ->
                new DepthwiseConv(
                        conv.name(), conv.window().withStride(strides.next()), conv.channelMultiplier(), conv.bias());
            case Sequence sequence -> new Sequence(sequence.name(), replace(sequence.layers(), strides));
            case Parallel parallel ->
                new Parallel(parallel.name(), parallel.join(), replace(parallel.branches(), strides));
            default -> layer;
        };
    }

    private static List<Layer> replace(List<Layer> layers, Iterator<Integer> strides) {
        var replaced = new ArrayList<Layer>();
        for (var layer : layers) {
            replaced.add(replace(layer, strides));
        }
        return replaced;
    }
}
