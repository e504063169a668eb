package org.mobilenet4j.compress.prune;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;

/// Checks that a model can be pruned.
final class FloatModel {
    private FloatModel() {}

    /// @throws IllegalArgumentException when the model is quantized
    static void require(Model model) {
        if (model.quantization().isPresent()
                || model.weights().tensors().values().stream()
                        .anyMatch(tensor -> tensor.type().isInteger())) {
            throw new BadValueException(
                    "the network " + model.network().name() + " is quantized; prune the float model, then quantize it");
        }
    }
}
