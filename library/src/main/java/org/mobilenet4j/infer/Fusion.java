package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
import org.mobilenet4j.arch.LinearLayer;
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
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.kernel.SeparableKernel;
import org.mobilenet4j.kernel.layout.Clamp;

/// Fuses batch normalizations and activations into the operations before them, joins depthwise and pointwise
/// convolutions where that pays, and drops dropout and, in float arithmetic, requantization.
final class Fusion {
    private final boolean joins;
    /// Which layers' outputs must be stored as they are, before an activation.
    private final Predicate<Node> isStored;

    private final int[] readers;
    /// The value that stands for a node's output: its own, or that of the operation it was fused into.
    private final int[] standIns;
    /// Index of the operation that computes a value; -1 for the network's input.
    private final int[] places;
    private final List<FusedOperation> operations = new ArrayList<>();

    private Fusion(Network network, boolean joins, Predicate<Node> isStored) {
        this.joins = joins;
        this.isStored = isStored;
        int values = network.nodes().size() + 1;
        readers = new int[values];
        standIns = new int[values];
        places = new int[values];
        places[Node.INPUT] = -1;
        for (var node : network.nodes()) {
            node.inputs().forEach(input -> readers[input]++);
        }
    }

    /// The operations of `network` in execution order. The value of the last one is the network's output.
    ///
    /// @param joins whether to fuse depthwise and pointwise convolutions; without it, each stays separate
    /// @param isStored which layers' outputs are quantized and stored in a quantized network, so that nothing may
    ///     be fused behind them
    static List<FusedOperation> of(Network network, boolean joins, Predicate<Node> isStored) {
        var fusion = new Fusion(network, joins, isStored);
        network.nodes().forEach(fusion::add);
        return fusion.operations;
    }

    private void add(Node node) {
        switch (node.layer()) {
            case Dropout _ -> standIn(node);
            case Requantize _ -> {
                if (isStored.test(node)) {
                    append(node);
                } else {
                    standIn(node);
                }
            }
            case BatchNorm _ -> {
                var before = soleReadProducer(node);
                if (before != null
                        && before.clamp() == Clamp.NONE
                        && before.norm() == null
                        && before.node().layer() instanceof LinearLayer) {
                    absorb(node, before.withNorm(node));
                } else {
                    append(node);
                }
            }
            case Activation activation -> {
                var before = soleReadProducer(node);
                if (before != null
                        && before.clamp() == Clamp.NONE
                        && before.node().layer().is(Trait.FUSES_ACTIVATION)
                        && !isStored.test(before.last())) {
                    absorb(node, before.withClamp(node, clamp(activation)));
                } else {
                    append(node);
                }
            }
            case Conv conv -> {
                var before = soleReadProducer(node);
                if (joins
                        && before != null
                        && places[before.id()] == operations.size() - 1
                        && meets(before, node, conv)) {
                    places[node.id()] = places[before.id()];
                    standIns[node.id()] = node.id();
                    operations.set(
                            places[node.id()],
                            new FusedOperation(node, before.inputs(), null, Clamp.NONE, before, node));
                } else {
                    append(node);
                }
            }
            case DepthwiseConv _,
                    Dense _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Parallel _ -> append(node);
            case Sequence _ -> throw new IllegalStateException(node.name() + " is not an operation");
        }
    }

    /// Whether `conv` reads the output of a depthwise convolution pixel by pixel.
    private static boolean meets(FusedOperation before, Node node, Conv conv) {
        var window = conv.window();
        return before.node().layer() instanceof DepthwiseConv
                && window.taps() == 1
                && conv.groups() == 1
                && node.input().pixels() == node.output().pixels()
                && SeparableKernel.pays(node.input(), node.output());
    }

    /// The operation that computes the input of `node`, if nothing else reads it.
    private @Nullable FusedOperation soleReadProducer(Node node) {
        int input = node.inputs().getFirst();
        int place = places[standIns[input]];
        return readers[input] == 1 && place >= 0 ? operations.get(place) : null;
    }

    private void append(Node node) {
        places[node.id()] = operations.size();
        standIns[node.id()] = node.id();
        var inputs = node.inputs().stream().map(input -> standIns[input]).toList();
        var clamp = node.layer() instanceof Activation activation ? clamp(activation) : Clamp.NONE;
        operations.add(new FusedOperation(node, inputs, null, clamp, null, node));
    }

    private void absorb(Node node, FusedOperation changed) {
        operations.set(places[changed.id()], changed);
        standIn(node);
    }

    private void standIn(Node node) {
        standIns[node.id()] = standIns[node.inputs().getFirst()];
    }

    static Clamp clamp(Activation activation) {
        return switch (activation.function()) {
            case RELU -> Clamp.RELU;
            case RELU6 -> Clamp.RELU6;
        };
    }
}
