package org.mobilenet4j.formats.tflite.write;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;

/// How the feature maps of a network are stored in a TFLite file that is written: as floats, or as the model's
/// integers.
final class TfliteActivationTypes {
    private final Network network;
    /// Of integers, and of them alone.
    private final @Nullable NetworkQuantization quantization;

    TfliteActivationTypes(Model model) {
        this.network = model.network();
        this.quantization = model.quantization().orElse(null);
    }

    /// How value `id` is stored.
    ///
    /// @throws IllegalArgumentException when it is none that is stored
    TfliteTensorType of(int id) {
        return quantization == null ? TfliteTensorType.FLOATS : TfliteTensorType.of(quantization.of(network, id));
    }

    /// Whether something is rounded between `node` and the activation behind it, so that no operator may do both.
    boolean isRounded(Node node, Node activation) {
        if (quantization == null) {
            return false;
        }
        if (node.layer().is(Trait.MOVES_VALUES)) {
            // It makes no new numbers: rounding them again into the same scale changes none.
            return !of(node.id()).equals(of(activation.id()));
        }
        return quantization.isStored(node);
    }

    /// Whether the mean that `node` takes keeps its four dimensions. TFLite rounds means of integers in two ways,
    /// and a [Flatten] behind one stands for dimensions that are not kept.
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
