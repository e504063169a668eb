package org.mobilenet4j.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;

/// How a quantized network stores its feature maps.
///
/// Layers that only move values ([Trait#MOVES_VALUES]) store them as they come, and need no
/// entry. A layer without an entry before an [Activation] with one is computed together with it: only what the
/// activation makes is rounded and stored.
///
/// @param input how an image is stored
/// @param layers how each layer's output is stored, by the layer's name
public record NetworkQuantization(ActivationQuantization input, SequencedMap<String, ActivationQuantization> layers) {
    public NetworkQuantization {
        layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
    }

    /// How the output of `node` is stored.
    ///
    /// @throws IllegalArgumentException when it is not stored, because it is computed together with the next
    ///     layer's
    public ActivationQuantization of(Network network, Node node) {
        return of(network, node.id());
    }

    /// How value `id` is stored, of a node or [Node#INPUT].
    ///
    /// @throws IllegalArgumentException when it is not stored
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

    /// Whether the output of `node` is stored, and not only what the activation behind it makes of it.
    public boolean isStored(Node node) {
        return layers.containsKey(node.name()) || node.layer().is(Trait.MOVES_VALUES);
    }

    /// Checks that this says how every map of `network` is stored, and that `weights` are integers.
    ///
    /// @throws IllegalArgumentException naming the layer or the tensor that is not as it must be
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
            if (!isStored(node) && !isComputedWithReader) {
                throw new BadValueException("the layer " + node.name() + " of the quantized network " + network.name()
                        + " has no scale; give one for every layer");
            }
        }
        for (var node : nodes) {
            if (node.layer().is(Trait.MOVES_VALUES)
                    && !of(network, node)
                            .meansTheSameAs(of(network, node.inputs().getFirst()))) {
                throw new BadValueException("the layer " + node.name() + " of the quantized network " + network.name()
                        + " changes the scale, though it only moves values; keep its input's");
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

    /// By value, the node that alone reads it.
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
