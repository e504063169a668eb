package org.mobilenet4j.arch.technique;

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
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
/// The paper's width multiplier (section 3.3) on any network: every convolution and hidden dense layer has
/// `max((int) (channels * alpha), 8)` channels, as in TF-Slim; the classifier stays as it is,
/// or a detector's predictors.
///
/// If the network has grouped channels, widths are rounded down to a multiple of the number of groups.
///
/// @param alpha above 0 and up to 16

public record WidthMultiplier(double alpha) implements Technique {
    /// The fewest channels a layer is left with, unless it had fewer: TF-Slim's minimum depth.
    static final int MIN_DEPTH = 8;

    public WidthMultiplier {
        if (!(alpha > 0 && alpha <= 16)) {
            throw new BadValueException("width must lie above 0 and up to 16, not " + alpha);
        }
    }

    @Override
    public Network apply(Network network) {
        return Rewriting.network(this, network, body(network), "all its layers keep their channels");
    }

    /// The changed layers alone, without a new name and without checking whether anything changed.
    Network narrowed(Network network) {
        return new Network(network.name(), network.input(), body(network));
    }

    private Layer body(Network network) {
        int groups = groups(network);
        var heads = Rewriting.heads(network);
        return network.body().map(layer -> heads.contains(layer.name()) ? layer : scaled(layer, groups));
    }

    private Leaf scaled(Leaf layer, int groups) {
        return switch (layer) {
            case Conv conv -> conv.withFilters(width(conv.filters(), groups));
            case Dense dense -> dense.withUnits(width(dense.units(), groups));
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

    private int width(int channels, int groups) {
        int width = Math.max((int) (channels * alpha), Math.min(channels, MIN_DEPTH));
        return Math.max(width / groups * groups, groups);
    }

    /// The least common multiple of all group counts.
    private static int groups(Network network) {
        int all = 1;
        for (var node : network.nodes()) {
            int groups = switch (node.layer()) {
                case Conv conv -> conv.groups();
                case ChannelShuffle shuffle -> shuffle.groups();
                case DepthwiseConv _,
                        Dense _,
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
                        ZeroPad _,
                        BilinearResize _,
                        Requantize _,
                        Sequence _,
                        Parallel _ -> 1;
            };
            all = BadValueException.toInt((long) all * (groups / gcd(all, groups)));
        }
        return all;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public String toString() {
        return "width=" + alpha;
    }
}
