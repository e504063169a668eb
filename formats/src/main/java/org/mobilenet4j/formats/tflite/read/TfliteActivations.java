package org.mobilenet4j.formats.tflite.read;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;

/// The quantization of the feature maps in a TFLite file, collected operator by operator: all are floats, or all are
/// quantized.
public final class TfliteActivations {
    private final SequencedMap<String, ActivationQuantization> layers = new LinkedHashMap<>();
    private @Nullable ActivationQuantization input;

    /// @param input the network's input
    TfliteActivations(TfliteTensor input) {
        this.input = input.isQuantizedMap() ? input.stored() : null;
    }

    /// Sets the quantization of the network's input.
    void inputIs(ActivationQuantization stored) {
        input = stored;
    }

    /// Whether the network is quantized.
    boolean isQuantized() {
        return input != null;
    }

    /// Records that `operator` computes `to` from `from`; its last layer is the last of `node`.
    ///
    /// @throws IllegalArgumentException if the operator mixes float and quantized feature maps, naming it
    void add(TfliteOperator operator, TfliteTensor from, TfliteTensor to, GraphNode node) {
        if (from.isQuantizedMap() != isQuantized() || to.isQuantizedMap() != isQuantized()) {
            throw operator.odd("it computes " + to.typeName() + " from " + from.typeName()
                    + "; only networks that are float or quantized from end to end are supported");
        }
        boolean isNothing = node.join() == null && node.layers().isEmpty() && node.idiom() == null;
        if (isQuantized() && !isNothing) {
            // The output of a layer that only moves values has the quantization of its input.
            var last = node.layers().reversed().stream()
                    .filter(layer -> !layer.is(Trait.RESHAPES) || node.layers().size() == 1)
                    .findFirst();
            layers.put(last.map(Layer::name).orElse(node.name()), to.stored());
        }
    }

    /// Records how the output of `layer` is stored.
    void put(String layer, ActivationQuantization stored) {
        layers.put(layer, stored);
    }

    /// @throws IllegalArgumentException if two feature maps that differ only in shape have different
    ///     quantizations
    void checkSame(TfliteTensor from, TfliteTensor to) {
        if (isQuantized() && !from.stored().meansTheSameAs(to.stored())) {
            throw new BadValueException("the feature maps \"" + from.name() + "\" and \"" + to.name()
                    + "\" hold the same integers with different scales; only equal scales are supported");
        }
    }

    /// The quantization of `network`, which need not have all layers any more; empty for a float network.
    Optional<NetworkQuantization> quantization(Network network) {
        if (input == null) {
            return Optional.empty();
        }
        var names = network.nodes().stream().map(Node::name).collect(Collectors.toSet());
        layers.keySet().retainAll(names);
        return Optional.of(new NetworkQuantization(input, layers));
    }
}
