package org.mobilenet4j.formats.tflite.read;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;

/// How the feature maps of a TFLite file are stored, gathered operator by operator: all as floats or all as
/// integers.
public final class TfliteActivations {
    private final SequencedMap<String, ActivationQuantization> layers = new LinkedHashMap<>();
    private @Nullable ActivationQuantization input;

    /// @param input the network's input
    TfliteActivations(TfliteTensor input) {
        this.input = input.isQuantizedMap() ? input.stored() : null;
    }

    /// Says that the network's input, whatever it is given as, is stored like this.
    void inputIs(ActivationQuantization stored) {
        input = stored;
    }

    /// Whether the network computes with integers.
    boolean isQuantized() {
        return input != null;
    }

    /// What `operator` makes of `from` is `to`; its last layer is the last of `node`.
    ///
    /// @throws IllegalArgumentException naming the operator when it mixes floats and integers
    void add(TfliteOperator operator, TfliteTensor from, TfliteTensor to, GraphNode node) {
        if (from.isQuantizedMap() != isQuantized() || to.isQuantizedMap() != isQuantized()) {
            throw operator.odd("it makes " + to.typeName() + " of " + from.typeName()
                    + "; networks that compute with floats or with integers from end to end are read");
        }
        if (isQuantized() && !(node.join() == null && node.layers().isEmpty())) {
            // What a layer only moves is stored as it came from the one before.
            var last = node.layers().reversed().stream()
                    .filter(layer -> !layer.is(Trait.RESHAPES) || node.layers().size() == 1)
                    .findFirst();
            layers.put(last.map(Layer::name).orElse(node.name()), to.stored());
        }
    }

    /// @throws IllegalArgumentException when two maps that only differ in their shapes are stored in two ways
    void checkSame(TfliteTensor from, TfliteTensor to) {
        if (isQuantized() && !from.stored().meansTheSameAs(to.stored())) {
            throw new BadValueException("the feature maps \"" + from.name() + "\" and \"" + to.name()
                    + "\" hold the same numbers with different scales; equal ones are read");
        }
    }

    /// What was gathered; empty for floats.
    Optional<NetworkQuantization> quantization() {
        return input == null ? Optional.empty() : Optional.of(new NetworkQuantization(input, layers));
    }
}
