package org.mobilenet4j.compress.prune;

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
import org.mobilenet4j.arch.LocalResponseNorm;
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
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Weights;

/// The importance of each tie of channels, comparable across layers: each layer's values are divided by their root mean
/// square, since differences in scale between layers do not reflect importance (Molchanov et al., arXiv 1611.06440,
/// section 2.2). A tie's score is the mean over its layers.
final class ChannelScores {
    private final ChannelTies ties;
    private final Weights weights;
    private final double[] sums;
    private final int[] counts;

    private ChannelScores(ChannelTies ties, Weights weights) {
        this.ties = ties;
        this.weights = weights;
        this.sums = new double[ties.count()];
        this.counts = new int[ties.count()];
    }

    /// Scores by tie; higher is more important.
    ///
    /// @throws IllegalArgumentException naming the first layer that `by` cannot rank
    static double[] of(ChannelTies ties, Weights weights, Criterion by) {
        var scores = new ChannelScores(ties, weights);
        for (var node : ties.network().nodes()) {
            switch (by) {
                case SCALE -> scores.addScales(node);
                case L1 -> scores.addNorms(node);
            }
        }
        return scores.means();
    }

    private double[] means() {
        for (var family : ties.families()) {
            for (int tie : family.ties()) {
                if (counts[tie] == 0) {
                    throw new BadValueException(
                            "no batch normalization scales the channels of " + family.name() + "; rank them by l1");
                }
                sums[tie] /= counts[tie];
            }
        }
        return sums;
    }

    private void addScales(Node node) {
        if (node.layer() instanceof BatchNorm) {
            var gamma = weights.get(node.name() + "/gamma");
            var values = new double[gamma.size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = Math.abs(gamma.get(c));
            }
            add(node, values);
        }
    }

    private void addNorms(Node node) {
        if (makesChannels(node.layer())) {
            var kernel = weights.get(node.name() + "/kernel").toArray();
            var values = new double[node.output().channels()];
            for (int i = 0; i < kernel.length; i++) {
                values[i % values.length] += Math.abs(kernel[i]);
            }
            add(node, values);
        }
    }

    private static boolean makesChannels(Layer layer) {
        return switch (layer) {
            case Conv _, Dense _ -> true;
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
                    Requantize _,
                    Sequence _,
                    Parallel _ -> false;
        };
    }

    private void add(Node node, double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        // A layer of zeros is not important at all.
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares / values.length);
        int[] through = ties.ties(node.id());
        for (int c = 0; c < values.length; c++) {
            sums[through[c]] += values[c] * scale;
            counts[through[c]]++;
        }
    }
}
