package org.mobilenet4j.compress.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
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
import org.mobilenet4j.model.Weights;

/// The expected mean of each channel of each feature map, as far as the weights determine it.
///
/// After a batch normalization, values are assumed to be normal with mean beta and standard deviation gamma, as they
/// are for the photos its statistics come from. For a channel whose values do not depend on the photo at all (a kernel
/// of zeros, a gamma of zero) the constant is exact, except at the edges, where a window reaches into padding.
final class ExpectedMeans {
    /// Means and standard deviations by channel; NaN if unknown.
    private static final class Values {
        private final double[] means;
        private final double[] deviations;

        private Values(int channels) {
            this.means = new double[channels];
            this.deviations = new double[channels];
            Arrays.fill(means, Double.NaN);
            Arrays.fill(deviations, Double.NaN);
        }

        static Values unknown(int channels) {
            return new Values(channels);
        }

        int channels() {
            return means.length;
        }

        void set(int channel, double mean, double deviation) {
            means[channel] = mean;
            deviations[channel] = deviation;
        }
    }

    private final Weights weights;
    private final List<Values> outputs = new ArrayList<>();

    private ExpectedMeans(Network network, Weights weights) {
        this.weights = weights;
        outputs.add(Values.unknown(network.input().channels()));
        for (var node : network.nodes()) {
            outputs.add(output(node));
        }
    }

    static ExpectedMeans of(Network network, Weights weights) {
        return new ExpectedMeans(network, weights);
    }

    /// The mean of an output channel of the node with this id; NaN if unknown.
    double mean(int id, int channel) {
        return outputs.get(id).means[channel];
    }

    private Values output(Node node) {
        var input = outputs.get(node.inputs().getFirst());
        return switch (node.layer()) {
            case Conv conv -> made(node, weights.get(node.name() + "/kernel").toArray(), conv.bias());
            case Dense dense -> made(node, weights.get(node.name() + "/kernel").toArray(), dense.bias());
            case DepthwiseConv conv -> depthwise(conv, node, input);
            case BatchNorm norm -> normalized(norm, input);
            case Activation activation -> clipped(activation, input);
            case Pool pool -> pool.kind() == Pool.Kind.AVERAGE ? averaged(input) : constants(input);
            case GlobalAveragePool _, BilinearResize _ -> averaged(input);
            case Parallel parallel -> joined(parallel, node);
            case Dropout _, ZeroPad _, Requantize _ -> input;
            case ChannelShuffle shuffle -> shuffled(shuffle, input);
            case Flatten _ -> repeated(input, node.output().channels());
            case Nonlinearity layer -> bent(layer, input);
            case Prelu _, Sigmoid _, Softmax _, LocalResponseNorm _ -> Values.unknown(input.channels());
            case Sequence sequence -> throw new IllegalStateException(sequence.name() + " is no operation");
        };
    }

    /// The output of a kernel whose last dimension is the output channels: known for channels whose weights are
    /// all zero.
    private Values made(Node node, float[] kernel, boolean hasBias) {
        int channels = node.output().channels();
        var isZero = new boolean[channels];
        Arrays.fill(isZero, true);
        for (int i = 0; i < kernel.length; i++) {
            isZero[i % channels] &= kernel[i] == 0;
        }
        var values = Values.unknown(channels);
        for (int c = 0; c < channels; c++) {
            if (isZero[c]) {
                values.set(c, bias(node, hasBias, c), 0);
            }
        }
        return values;
    }

    private double bias(Node node, boolean hasBias, int channel) {
        return hasBias ? weights.get(node.name() + "/bias").get(channel) : 0;
    }

    private Values depthwise(DepthwiseConv conv, Node node, Values input) {
        var kernel = weights.get(node.name() + "/depthwise_kernel");
        int channels = node.output().channels();
        var values = Values.unknown(channels);
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            boolean isZero = true;
            for (int i = c; i < kernel.size(); i += channels) {
                sum += kernel.get(i);
                isZero &= kernel.get(i) == 0;
            }
            int from = c / conv.channelMultiplier();
            double mean = isZero ? 0 : input.means[from] * sum;
            boolean isConstant = isZero || input.deviations[from] == 0;
            values.set(c, mean + bias(node, conv.bias(), c), isConstant ? 0 : Double.NaN);
        }
        return values;
    }

    private Values normalized(BatchNorm norm, Values input) {
        var gamma = weights.get(norm.name() + "/gamma");
        var beta = weights.get(norm.name() + "/beta");
        var mean = weights.get(norm.name() + "/moving_mean");
        var variance = weights.get(norm.name() + "/moving_variance");
        var values = Values.unknown(input.channels());
        for (int c = 0; c < values.channels(); c++) {
            if (input.deviations[c] == 0) {
                double scale = gamma.get(c) / Math.sqrt(variance.get(c) + norm.epsilon());
                values.set(c, (input.means[c] - mean.get(c)) * scale + beta.get(c), 0);
            } else {
                values.set(c, beta.get(c), Math.abs(gamma.get(c)));
            }
        }
        return values;
    }

    /// Known where it is constant.
    private static Values bent(Nonlinearity layer, Values input) {
        var values = Values.unknown(input.channels());
        for (int c = 0; c < values.channels(); c++) {
            if (input.deviations[c] == 0) {
                values.set(c, layer.at(input.means[c]), 0);
            }
        }
        return values;
    }

    private static Values clipped(Activation activation, Values input) {
        double high = switch (activation.function()) {
            case RELU -> Double.POSITIVE_INFINITY;
            case RELU6 -> 6;
        };
        var values = Values.unknown(input.channels());
        for (int c = 0; c < values.channels(); c++) {
            double deviation = input.deviations[c];
            if (!Double.isNaN(deviation)) {
                double mean = ClippedNormal.mean(input.means[c], deviation, high);
                values.set(c, mean, deviation == 0 ? 0 : Double.NaN);
            }
        }
        return values;
    }

    private static Values averaged(Values input) {
        var values = Values.unknown(input.channels());
        for (int c = 0; c < values.channels(); c++) {
            values.set(c, input.means[c], input.deviations[c] == 0 ? 0 : Double.NaN);
        }
        return values;
    }

    private static Values constants(Values input) {
        var values = Values.unknown(input.channels());
        for (int c = 0; c < values.channels(); c++) {
            if (input.deviations[c] == 0) {
                values.set(c, input.means[c], 0);
            }
        }
        return values;
    }

    private Values joined(Parallel parallel, Node node) {
        var branches = node.inputs().stream().map(outputs::get).toList();
        var values = Values.unknown(node.output().channels());
        for (int c = 0, at = 0, branch = 0; c < values.channels(); c++, at++) {
            if (parallel.join() == Parallel.Join.CONCATENATE) {
                if (at == branches.get(branch).channels()) {
                    branch++;
                    at = 0;
                }
                values.set(c, branches.get(branch).means[at], branches.get(branch).deviations[at]);
            } else {
                boolean isSum = parallel.join() == Parallel.Join.ADD;
                double mean = isSum ? 0 : 1;
                boolean isConstant = true;
                for (var each : branches) {
                    mean = isSum ? mean + each.means[c] : mean * each.means[c];
                    isConstant &= each.deviations[c] == 0;
                }
                boolean isKnown = isSum || isConstant;
                values.set(c, isKnown ? mean : Double.NaN, isConstant ? 0 : Double.NaN);
            }
        }
        return values;
    }

    private static Values shuffled(ChannelShuffle shuffle, Values input) {
        int each = input.channels() / shuffle.groups();
        var values = Values.unknown(input.channels());
        for (int i = 0; i < values.channels(); i++) {
            int from = i % shuffle.groups() * each + i / shuffle.groups();
            values.set(i, input.means[from], input.deviations[from]);
        }
        return values;
    }

    private static Values repeated(Values input, int channels) {
        var values = Values.unknown(channels);
        for (int c = 0; c < channels; c++) {
            values.set(c, input.means[c % input.channels()], input.deviations[c % input.channels()]);
        }
        return values;
    }
}
