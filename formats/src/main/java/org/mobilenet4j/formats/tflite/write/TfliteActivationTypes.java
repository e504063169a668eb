package org.mobilenet4j.formats.tflite.write;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;

/// The data types of feature maps in a TFLite file that is written: floats, or the model's quantized types.
final class TfliteActivationTypes {
    private final Network network;
    /// For quantized models only.
    private final @Nullable NetworkQuantization quantization;

    TfliteActivationTypes(Model model) {
        this.network = model.network();
        this.quantization = model.quantization().orElse(null);
    }

    /// The type of value `id`.
    ///
    /// @throws IllegalArgumentException if it is not quantized in a quantized model
    TfliteTensorType of(int id) {
        return quantization == null ? TfliteTensorType.FLOATS : TfliteTensorType.of(quantization.of(network, id));
    }

    /// Whether values are requantized between `node` and the activation after it, so that one operator cannot do both.
    boolean isRounded(Node node, Node activation) {
        if (quantization == null) {
            return false;
        }
        if (node.layer().is(Trait.MOVES_VALUES)) {
            // It computes no new values: requantizing them to the same scale changes nothing.
            return !of(node.id()).equals(of(activation.id()));
        }
        return quantization.isStored(node);
    }

    /// Whether the mean `node` keeps its four dimensions. TFLite rounds integer means in two ways, and a [Flatten]
    /// after one means that the dimensions are not kept.
    boolean keepsDims(Node node) {
        return quantization != null
                && network.nodes().stream()
                        .noneMatch(next -> next.layer() instanceof Flatten
                                && withoutDropout(next.inputs().getFirst()) == node.id());
    }

    private int withoutDropout(int value) {
        int id = value;
        while (id != Node.INPUT && network.nodes().get(id - 1).layer() instanceof Dropout) {
            id = network.nodes().get(id - 1).inputs().getFirst();
        }
        return id;
    }
}
