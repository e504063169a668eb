package org.mobilenet4j.arch;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// A map of another size by bilinear interpolation: each output pixel is read at a place of the input, between the up
/// to four pixels around, each weighed by how near it is. What would lie outside is read at the edge.
///
/// @param height rows of the output
/// @param width columns of the output
/// @param coordinates which place of the input an output pixel is read at
public record BilinearResize(String name, int height, int width, Coordinates coordinates) implements Leaf {
    private static final int MAX = 1 << 16;

    /// Where output pixel `i` of `out` lies among the input's `in` pixels, along each axis by itself.
    public enum Coordinates {
        /// `(i + 0.5) * in / out - 0.5`: pixels are squares. TensorFlow 2, PyTorch, ONNX's usual.
        HALF_PIXEL,
        /// `i * (in - 1) / (out - 1)`, and 0 where `out` is 1: the corners' centers fall on each other.
        ALIGN_CORNERS,
        /// `i * in / out`: the first pixels' centers fall on each other. TensorFlow 1's usual.
        ASYMMETRIC
    }

    public BilinearResize {
        if (height < 1 || width < 1 || height > MAX || width > MAX) {
            throw new BadValueException(
                    name + ": a map is resized to 1 to " + MAX + " rows and columns, not to " + height + "x" + width);
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(height, width, input.channels());
    }
}
