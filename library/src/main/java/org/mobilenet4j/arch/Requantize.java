package org.mobilenet4j.arch;

import org.mobilenet4j.tensor.Shape;

/// In a quantized network, converts values to another scale; in a float network, the identity.
public record Requantize(String name) implements Leaf {
    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
