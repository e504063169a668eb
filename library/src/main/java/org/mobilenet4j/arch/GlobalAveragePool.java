package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// The mean over all pixels, for each channel: `HxWxC` becomes `1x1xC`.
public record GlobalAveragePool(String name) implements Leaf {
    public GlobalAveragePool {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public Shape outputShape(Shape input) {
        return Shape.vector(input.channels());
    }
}
