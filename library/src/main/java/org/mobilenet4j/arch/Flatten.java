package org.mobilenet4j.arch;

import org.mobilenet4j.tensor.Shape;

/// A feature map laid out as one vector, row by row, channels innermost: `HxWxC` becomes `1x1x(H*W*C)`.
public record Flatten(String name) implements Leaf {
    @Override
    public Shape outputShape(Shape input) {
        return Shape.vector(input.elements());
    }
}
