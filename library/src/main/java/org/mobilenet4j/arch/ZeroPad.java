package org.mobilenet4j.arch;

import org.mobilenet4j.tensor.Shape;

/// Rows and columns of zeros around a map, as a layer of its own (Keras's `ZeroPadding2D`).
///
/// @param padding how many on each side
public record ZeroPad(String name, Padding.Explicit padding) implements Leaf {
    @Override
    public Shape outputShape(Shape input) {
        return new Shape(
                Math.addExact(input.height(), padding.top() + padding.bottom()),
                Math.addExact(input.width(), padding.left() + padding.right()),
                input.channels());
    }
}
