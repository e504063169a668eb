package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Rows and columns of zeros around a feature map, as a separate layer (Keras's `ZeroPadding2D`).
///
/// @param padding number of rows or columns on each side
public record ZeroPad(String name, Padding.Explicit padding) implements Leaf {
    public ZeroPad {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(padding, "padding");
    }

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(
                BadValueException.toInt((long) input.height() + padding.top() + padding.bottom()),
                BadValueException.toInt((long) input.width() + padding.left() + padding.right()),
                input.channels());
    }
}
