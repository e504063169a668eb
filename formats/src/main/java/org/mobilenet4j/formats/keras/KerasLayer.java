package org.mobilenet4j.formats.keras;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;

/// A layer as a Keras model's configuration describes it.
///
/// @param kind its class, such as `Conv2D`
/// @param name unique in its model
/// @param config its settings
/// @param inputs names of the layers it reads
/// @param path where a `.keras` file keeps its variables: `layers/conv2d_1`
/// @param model its layers, where it is a model itself
public record KerasLayer(
        String kind,
        String name,
        JsonFields config,
        List<String> inputs,
        String path,
        @Nullable KerasModel model) {
    public KerasLayer {
        inputs = List.copyOf(inputs);
    }

    /// What to throw when this layer is not as it can be read.
    public BadValueException odd(String problem) {
        return new BadValueException(this + " cannot be read: " + problem);
    }

    /// `the layer conv1 (Conv2D)`, for messages.
    @Override
    public String toString() {
        return "the layer " + name + " (" + kind + ")";
    }
}
