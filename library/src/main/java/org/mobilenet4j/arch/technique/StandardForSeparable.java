package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.ConvTail;
import org.mobilenet4j.arch.zoo.SeparableNames;

/// Full convolutions in place of depthwise separable ones, the inverse of [SeparableForStandard]: a depthwise
/// convolution, its normalization and activation, and the pointwise convolution after it become one convolution over
/// all channels with the depthwise window. MobileNet becomes Conv MobileNet (table 4 of the paper), names included.
public record StandardForSeparable() implements Technique {
    @Override
    public Network apply(Network network) {
        var body = Rewriting.lists(network.body(), StandardForSeparable::standard);
        return Rewriting.network(
                this, network, body, "it has no depthwise convolution followed by a pointwise one over all channels");
    }

    private static List<Layer> standard(List<Layer> layers) {
        var changed = new ArrayList<Layer>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof DepthwiseConv depthwise) {
                int half = i + 1 + ConvTail.after(layers, i).size();
                if (half < layers.size()
                        && layers.get(half) instanceof Conv conv
                        && conv.window().isPointwise()
                        && conv.groups() == 1) {
                    var tail = ConvTail.after(layers, half);
                    var name = SeparableNames.whole(depthwise.name(), conv.name());
                    changed.add(new Conv(name, conv.filters(), depthwise.window(), 1, conv.bias()));
                    changed.addAll(tail.renamed(conv.name(), name));
                    i = half + tail.size();
                    continue;
                }
            }
            changed.add(layers.get(i));
        }
        return changed;
    }

    @Override
    public String toString() {
        return "standard";
    }
}
