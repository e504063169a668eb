package org.mobilenet4j.formats.keras;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;

/// A layer in a Keras model's configuration.
///
/// @param kind its class, such as `Conv2D`
/// @param name unique in its model
/// @param config its settings
/// @param inputs names of its input layers
/// @param call what it is called with beside these
/// @param path of its variables in a `.keras` file: `layers/conv2d_1`
/// @param model its layers, if it is a nested model
public record KerasLayer(
        String kind,
        String name,
        JsonFields config,
        List<String> inputs,
        KerasCall call,
        String path,
        @Nullable KerasModel model) {
    public KerasLayer {
        inputs = List.copyOf(inputs);
    }

    /// The exception for something unsupported or wrong in this layer.
    public BadValueException odd(String problem) {
        return new BadValueException(this + " cannot be read: " + problem);
    }

    /// `the layer conv1 (Conv2D)`, for messages.
    @Override
    public String toString() {
        return "the layer " + name + " (" + kind + ")";
    }
}
