package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.ConvTail;
import org.mobilenet4j.arch.zoo.SeparableNames;

/// Depthwise separable convolutions in place of full ones (section 3.1 of the paper): a convolution over all channels
/// with a window larger than 1x1 becomes depthwise, batch normalization, ReLU and pointwise; the layers that followed
/// it follow the pointwise half. The network's first convolution stays, as in the paper: with three input channels it
/// costs little. Grouped convolutions stay too.
///
/// Work falls to `1/N + 1/K^2` for `N` filters of `K x K`. Conv MobileNet becomes MobileNet, names included.
public record SeparableForStandard() implements Technique {
    @Override
    public Network apply(Network network) {
        var body = Rewriting.lists(network.body(), layers -> separable(layers, network));
        return Rewriting.network(
                this, network, body, "it has no convolution over all channels larger than 1x1 except its first");
    }

    private static List<Layer> separable(List<Layer> layers, Network network) {
        var changed = new ArrayList<Layer>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof Conv conv && Rewriting.isReplaceable(conv, network)) {
                var tail = ConvTail.after(layers, i);
                var names = SeparableNames.of(conv.name());
                changed.add(DepthwiseConv.of(names.depthwise(), conv.window()));
                changed.add(new BatchNorm(names.depthwise() + "_bn", tail.epsilon()));
                changed.add(new Activation(names.depthwise() + "_relu", tail.function()));
                changed.add(new Conv(names.pointwise(), conv.filters(), Window.POINTWISE, 1, conv.bias()));
                changed.addAll(tail.renamed(conv.name(), names.pointwise()));
                i += tail.size();
            } else {
                changed.add(layers.get(i));
            }
        }
        return changed;
    }

    @Override
    public String toString() {
        return "separable";
    }
}
