package org.mobilenet4j.compress.quantize;

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
import org.mobilenet4j.model.Model;

/// Checks whether a model can be quantized.
final class QuantizationSupport {
    private QuantizationSupport() {}

    /// @throws IllegalArgumentException saying why `model` cannot be quantized and what to do
    static void requirePossible(Model model) {
        var network = model.network();
        if (model.quantization().isPresent()) {
            throw new BadValueException("the model " + network.name()
                    + " is already quantized; give the float model that it was made from");
        }
        var broken = model.weights().nonFinite();
        if (!broken.isEmpty()) {
            throw new BadValueException("the model " + network.name() + " has weights that are not finite, first in "
                    + broken.getFirst().tensor() + "; train it again");
        }
        network.nodes().forEach(node -> check(network, node));
    }

    private static void check(Network network, Node node) {
        switch (node.layer()) {
            case LocalResponseNorm _ ->
                throw cannot(network, node, "it is a local response normalization; remove it, and train without it");
            case Parallel parallel -> {
                if (parallel.join() != Parallel.Join.CONCATENATE
                        && parallel.branches().size() > 2) {
                    throw cannot(
                            network,
                            node,
                            "it joins " + parallel.branches().size()
                                    + " branches, and quantized values are added or multiplied only in pairs");
                }
            }
            case Conv _,
                    DepthwiseConv _,
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
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _ -> {}
        }
    }

    static BadValueException cannot(Network network, Node node, String why) {
        return new BadValueException(
                "the layer " + node.name() + " of the network " + network.name() + " cannot be quantized: " + why);
    }
}
