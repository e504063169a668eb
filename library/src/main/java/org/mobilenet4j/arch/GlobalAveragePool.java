package org.mobilenet4j.arch;

import org.mobilenet4j.tensor.Shape;

/// The mean over all pixels, for each channel: `HxWxC` becomes `1x1xC`.
public record GlobalAveragePool(String name) implements Leaf {
    @Override
    public Shape outputShape(Shape input) {
        return Shape.vector(input.channels());
    }
}
