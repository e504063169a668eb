package org.mobilenet4j.model;

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
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// Checks that the scales of a quantized network can be converted into each other: a layer accumulates in steps of its
/// inputs' scales and is rescaled to its own.
final class ScaleRatios {
    /// The exclusive limit of a fixed-point multiplier.
    private static final double LIMIT = 1 << 30;

    private final Network network;
    private final NetworkQuantization quantization;

    ScaleRatios(Network network, NetworkQuantization quantization) {
        this.network = network;
        this.quantization = quantization;
    }

    /// @throws IllegalArgumentException naming the layer whose sums cannot be rescaled
    void check(Weights weights) {
        for (var node : network.nodes()) {
            if (quantization.isBundle(node) || !node.inputs().stream().allMatch(this::isStored)) {
                continue; // parts keep their scales; an activation is computed together with the layer before
            }
            double ratio = steps(node, weights) / output(node);
            if (!(ratio < LIMIT)) {
                throw new BadValueException("the layer " + node.name() + " of the quantized network "
                        + network.name() + " accumulates in steps of " + ratio
                        + " times its output scale; the ratio must be less than 2^30");
            }
        }
    }

    private boolean isStored(int value) {
        return value == Node.INPUT || quantization.isStored(network.nodes().get(value - 1));
    }

    /// The output scale: of `node`, or of the activation fused into it.
    private double output(Node node) {
        var stored = quantization.isStored(node)
                ? node
                : network.nodes().stream()
                        .filter(reader -> reader.inputs().contains(node.id()))
                        .findFirst()
                        .orElseThrow();
        return quantization.of(network, stored).scale();
    }

    /// The largest step in which `node` accumulates, before its output is rescaled.
    private double steps(Node node, Weights weights) {
        var scales = node.inputs().stream()
                .mapToDouble(input -> quantization.of(network, input).scale());
        return switch (node.layer()) {
            case Conv _, Dense _, DepthwiseConv _ -> {
                var name = node.name() + "/" + node.parameters().getFirst().name();
                yield scales.sum() * largest(weights.get(name));
            }
            case Parallel parallel
            when parallel.join() == Parallel.Join.MULTIPLY -> scales.reduce(1, (all, scale) -> all * scale);
            case BatchNorm _,
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
                    Parallel _ -> scales.max().orElse(0);
        };
    }

    private static double largest(Tensor kernel) {
        double largest = 0;
        for (float scale : kernel.quantization().orElseThrow().scales()) {
            largest = Math.max(largest, scale);
        }
        return largest;
    }
}
