package org.mobilenet4j.formats.tflite.write;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.tensorflow.lite.schema.ActivationFunctionType;

/// Decides which activations are fused into TFLite operators: those that are the only reader of an operator that can
/// apply them, with no requantization in between.
final class TfliteFusion {
    private final Map<Integer, Activation> activations = new HashMap<>();
    private final Map<Integer, Integer> lasts = new HashMap<>();
    private final Set<Integer> fused = new HashSet<>();

    TfliteFusion(Network network, TfliteActivationTypes storage) {
        var readers = new HashMap<Integer, Integer>();
        network.nodes().forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        for (var node : network.nodes()) {
            int input = node.inputs().getFirst();
            if (node.layer() instanceof Activation activation
                    && input != Node.INPUT
                    && readers.getOrDefault(input, 0) == 1
                    && network.nodes().get(input - 1).layer().is(Trait.FUSES_ACTIVATION)
                    && !storage.isRounded(network.nodes().get(input - 1), node)) {
                activations.put(input, activation);
                lasts.put(input, node.id());
                fused.add(node.id());
            }
        }
    }

    /// Whether the operator before applies the activation `node`.
    boolean isFused(Node node) {
        return fused.contains(node.id());
    }

    /// The code of the activation that the operator of `node` applies.
    int function(Node node) {
        var activation = activations.get(node.id());
        return activation == null
                ? ActivationFunctionType.NONE
                : switch (activation.function()) {
                    case RELU -> ActivationFunctionType.RELU;
                    case RELU6 -> ActivationFunctionType.RELU6;
                };
    }

    /// The output of the operator of `node`: its own, or that of the activation it applies.
    int made(Node node) {
        return lasts.getOrDefault(node.id(), node.id());
    }
}
