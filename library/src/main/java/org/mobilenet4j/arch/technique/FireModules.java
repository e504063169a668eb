package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.ConvTail;

/// SqueezeNet's Fire modules (arXiv 1602.07360, section 3.2) in place of 3x3 convolutions over all channels, except the
/// network's first. For `N` filters, `N/8` 1x1 filters, but at least 8, squeeze the channels; of the `N` filters that
/// expand them again, half are 1x1 and half 3x3. These are the ratios of SqueezeNet's own modules.
///
/// The convolution's bias, batch normalization and activation are repeated after each of the three convolutions. Both
/// expansions take its stride.
public record FireModules() implements Technique {
    /// SqueezeNet's squeeze ratio, 0.125.
    private static final int SQUEEZE = 8;

    @Override
    public Network apply(Network network) {
        var body = Rewriting.lists(network.body(), layers -> fired(layers, network));
        return Rewriting.network(this, network, body, "it has no 3x3 convolution over all channels except its first");
    }

    private static List<Layer> fired(List<Layer> layers, Network network) {
        var changed = new ArrayList<Layer>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof Conv conv
                    && Rewriting.isReplaceable(conv, network)
                    && conv.window().height() == 3
                    && conv.window().width() == 3
                    && conv.filters() > 1) {
                var tail = ConvTail.after(layers, i);
                changed.addAll(module(conv, tail));
                i += tail.size();
            } else {
                changed.add(layers.get(i));
            }
        }
        return changed;
    }

    private static List<Layer> module(Conv conv, ConvTail tail) {
        int half = conv.filters() / 2;
        int squeeze = Math.max(conv.filters() / SQUEEZE, Math.min(conv.filters(), WidthMultiplier.MIN_DEPTH));
        var small = SmallerKernels.shrunk(conv.window(), 1);
        var module = new ArrayList<Layer>();
        module.addAll(part(conv, "_squeeze1x1", squeeze, Window.POINTWISE, tail));
        module.add(new Parallel(
                conv.name() + "_concat",
                Parallel.Join.CONCATENATE,
                List.of(
                        new Sequence("", part(conv, "_expand1x1", half, small, tail)),
                        new Sequence("", part(conv, "_expand3x3", conv.filters() - half, conv.window(), tail)))));
        return module;
    }

    private static List<Layer> part(Conv conv, String suffix, int filters, Window window, ConvTail tail) {
        var name = conv.name() + suffix;
        var part = new ArrayList<Layer>();
        part.add(new Conv(name, filters, window, 1, conv.bias()));
        part.addAll(tail.renamed(conv.name(), name));
        return part;
    }

    @Override
    public String toString() {
        return "fire";
    }
}
