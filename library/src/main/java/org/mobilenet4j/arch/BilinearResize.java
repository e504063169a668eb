package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Resizes a feature map by bilinear interpolation: each output pixel is a weighted mean of up to four neighboring
/// input pixels. Coordinates outside the input are clamped to its edge.
///
/// @param height rows of the output
/// @param width columns of the output
/// @param coordinates how output pixels are mapped to input coordinates
public record BilinearResize(String name, int height, int width, Coordinates coordinates) implements Leaf {
    private static final int MAX = 1 << 16;

    /// The input coordinate of output pixel `i`, with `out` output and `in` input pixels along each axis.
    public enum Coordinates {
        /// `(i + 0.5) * in / out - 0.5`: half-pixel centers. TensorFlow 2, PyTorch, ONNX's default.
        HALF_PIXEL,
        /// `i * (in - 1) / (out - 1)`, and 0 where `out` is 1: aligned corners.
        ALIGN_CORNERS,
        /// `i * in / out`: asymmetric. TensorFlow 1's default.
        ASYMMETRIC
    }

    public BilinearResize {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(coordinates, "coordinates");
        if (height < 1 || width < 1 || height > MAX || width > MAX) {
            throw new BadValueException(name + ": a feature map can be resized to 1 to " + MAX
                    + " rows and columns, not " + height + "x" + width);
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(height, width, input.channels());
    }
}
