package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// An elementwise non-linearity.
///
/// @param function the non-linearity
public record Activation(String name, Function function) implements Leaf {
    public Activation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(function, "function");
    }

    /// The supported non-linearities.
    public enum Function {
        /// `max(x, 0)`.
        RELU,
        /// `min(max(x, 0), 6)`: TF-Slim's and Keras's MobileNet, after every batch normalization.
        RELU6
    }

    /// `min(max(x, 0), 6)`.
    public static Activation relu6(String name) {
        return new Activation(name, Function.RELU6);
    }

    /// `max(x, 0)`.
    public static Activation relu(String name) {
        return new Activation(name, Function.RELU);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
