package org.mobilenet4j.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;

/// The quantization of a network's activations.
///
/// Layers that only move values ([Trait#MOVES_VALUES]) keep the scale of their input and need no entry. A layer without
/// an entry before an [Activation] with one is fused with it: only the activation's output is rounded. Concatenations
/// of
/// vectors at the end of a network need no entry either: without one, the parts of the output keep their own scales
/// ([#isBundle]).
///
/// @param input quantization of the network's input
/// @param layers quantization of each layer's output, by the layer's name
public record NetworkQuantization(ActivationQuantization input, SequencedMap<String, ActivationQuantization> layers) {
    public NetworkQuantization {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(layers, "layers");
        layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
    }

    /// The quantization of the output of `node`.
    ///
    /// @throws IllegalArgumentException when it has none, because `node` is fused with the next layer
    public ActivationQuantization of(Network network, Node node) {
        return of(network, node.id());
    }

    /// The quantization of value `id`, a node's or [Node#INPUT].
    ///
    /// @throws IllegalArgumentException when it has none
    public ActivationQuantization of(Network network, int id) {
        for (int value = id; value != Node.INPUT; ) {
            var node = network.nodes().get(value - 1);
            var own = layers.get(node.name());
            if (own != null) {
                return own;
            }
            if (!node.layer().is(Trait.MOVES_VALUES)) {
                throw new BadValueException("the layer " + node.name() + " has no scale of its own");
            }
            value = node.inputs().getFirst();
        }
        return input;
    }

    /// Whether `node` joins vectors that keep their own scales.
    public boolean isBundle(Node node) {
        return node.layer() instanceof Parallel parallel
                && parallel.join() == Parallel.Join.CONCATENATE
                && !layers.containsKey(node.name());
    }

    /// Whether the output of `node` is quantized by itself, and not only after the activation fused into it.
    public boolean isStored(Node node) {
        return layers.containsKey(node.name()) || node.layer().is(Trait.MOVES_VALUES);
    }

    /// Checks that every activation of `network` has a quantization, and that `weights` are integers.
    ///
    /// @throws IllegalArgumentException naming the layer or the tensor that is wrong
    void check(Network network, Weights weights) {
        var nodes = network.nodes();
        var unknown = new LinkedHashMap<>(layers);
        nodes.forEach(node -> unknown.remove(node.name()));
        if (!unknown.isEmpty()) {
            throw new BadValueException("there is a scale for the layer "
                    + unknown.firstEntry().getKey() + ", which the network " + network.name() + " does not have");
        }
        var readers = soleReaders(network);
        for (var node : nodes) {
            var reader = readers.get(node.id());
            boolean isComputedWithReader =
                    reader != null && reader.layer() instanceof Activation && layers.containsKey(reader.name());
            if (!isStored(node) && !isComputedWithReader && !isEndOfParts(node, nodes, readers)) {
                throw new BadValueException("the layer " + node.name() + " of the quantized network " + network.name()
                        + " has no scale; give one for every layer");
            }
        }
        for (var node : nodes) {
            if (node.layer().is(Trait.MOVES_VALUES)
                    && !of(network, node)
                            .meansTheSameAs(of(network, node.inputs().getFirst()))) {
                throw new BadValueException("the layer " + node.name() + " of the quantized network " + network.name()
                        + " only moves values, so it must keep the scale of its input");
            }
        }
        weights.tensors().forEach((name, tensor) -> {
            boolean isBias = name.endsWith("/bias");
            boolean fits = isBias
                    ? tensor.type() == ElementType.INT32
                    : tensor.type() == ElementType.INT8 || tensor.type() == ElementType.UINT8;
            if (!fits) {
                throw new BadValueException("the tensor " + name + " of the quantized network "
                        + network.name() + " is " + tensor.type() + " where "
                        + (isBias ? "INT32" : "INT8 or UINT8") + " is needed");
            }
        });
        new ScaleRatios(network, this).check(weights);
    }

    /// Whether `node` is a bundle that only bundles read.
    private boolean isEndOfParts(Node node, List<Node> nodes, Map<Integer, Node> readers) {
        var reader = readers.get(node.id());
        return isBundle(node)
                && node.output().pixels() == 1
                && (node.id() == nodes.size() || (reader != null && isBundle(reader)));
    }

    /// For each value that has a single reader, that node.
    private static Map<Integer, Node> soleReaders(Network network) {
        var sole = new HashMap<Integer, Node>();
        var read = new HashSet<Integer>();
        for (var node : network.nodes()) {
            for (int value : node.inputs()) {
                if (read.add(value)) {
                    sole.put(value, node);
                } else {
                    sole.remove(value);
                }
            }
        }
        return sole;
    }
}
