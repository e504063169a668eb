package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// A feature map laid out as one vector, row by row, channels innermost: `HxWxC` becomes `1x1x(H*W*C)`.
public record Flatten(String name) implements Leaf {
    public Flatten {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public Shape outputShape(Shape input) {
        return Shape.vector(input.elements());
    }
}
