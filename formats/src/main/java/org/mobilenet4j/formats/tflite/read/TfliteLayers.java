package org.mobilenet4j.formats.tflite.read;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.BilinearResize.Coordinates;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Layers that depend only on an operator of a TFLite file and its constants.
final class TfliteLayers {
    private TfliteLayers() {}

    /// The rows and columns that a pad operator adds.
    ///
    /// @param amounts its second input
    static Padding.Explicit padding(TfliteOperator op, TfliteTensor amounts) {
        var pads = amounts.integers();
        if (!amounts.dims().equals(List.of(4, 2)) || (pads[0] | pads[1] | pads[6] | pads[7]) != 0) {
            throw op.odd("it pads " + Arrays.toString(pads) + "; only padding of rows and columns is supported");
        }
        return new Padding.Explicit(pads[2], pads[3], pads[4], pads[5]);
    }

    /// Whether the padding value that a pad operator puts around `map` represents zero.
    static boolean isZero(TfliteTensor value, TfliteTensor map) {
        return value.number() == (map.isQuantizedMap() ? map.stored().zeroPoint() : 0);
    }

    /// Whether the padding value that a pad operator puts around `map` is the lowest possible value.
    static boolean isLeast(TfliteTensor value, TfliteTensor map) {
        return value.number() <= (map.isQuantizedMap() ? map.stored().type().least() : -Float.MAX_VALUE);
    }

    /// Checks that a mean is over rows and columns.
    ///
    /// @param axes its second input
    /// @param rank number of dimensions of its input
    static void checkMean(TfliteOperator op, TfliteTensor axes, int rank) {
        var sorted = Arrays.stream(axes.integers())
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        if (rank != 4 || !Arrays.equals(sorted, new int[] {1, 2})) {
            throw op.odd("it works along the axes " + Arrays.toString(sorted) + " of " + rank
                    + "; only rows and columns of a feature map, axes 1 and 2 of 4, are supported");
        }
    }

    /// A nonlinearity, `function` with the operator's options.
    static Nonlinearity nonlinearity(TfliteOperator op, String name, Curve function) {
        return switch (op.options()) {
            case TfliteOptions.Leak(float alpha) -> new Nonlinearity(name, function, alpha);
            case TfliteOptions.Approximation(boolean isApproximate)
            when isApproximate -> Nonlinearity.of(name, Curve.GELU_TANH);
            case TfliteOptions _ -> Nonlinearity.of(name, function);
        };
    }

    /// The shape of joined feature maps.
    ///
    /// @param rank number of dimensions of the result in the file
    static Shape joined(TfliteOperator op, Parallel.Join join, List<Shape> shapes, int rank) {
        var first = shapes.getFirst();
        if (join == Parallel.Join.CONCATENATE) {
            int axis = op.options() instanceof TfliteOptions.Joining(var _, int given) ? given : 0;
            if (axis != -1 && axis != rank - 1) {
                throw op.odd("it joins along axis " + axis + "; only the channels, the last axis, are supported");
            }
            return first.withChannels(BadValueException.toInt(
                    shapes.stream().mapToLong(Shape::channels).sum()));
        }
        if (shapes.stream().anyMatch(shape -> !shape.equals(first))) {
            throw op.odd("it adds or multiplies feature maps of different shapes; only equal shapes are supported");
        }
        return first;
    }

    /// A resize.
    ///
    /// @param size its second input: rows and columns
    static BilinearResize resize(TfliteOperator op, TfliteTensor size, String name) {
        var pixels = size.integers();
        if (pixels.length != 2
                || !(op.options() instanceof TfliteOptions.Resizing(boolean alignsCorners, boolean halfPixels))
                || (alignsCorners && halfPixels)) {
            throw op.odd("its size is " + Arrays.toString(pixels)
                    + ", or it sets both align_corners and half_pixel_centers; only rows and columns, and one of"
                    + " the two,"
                    + " are supported");
        }
        var coordinates = halfPixels
                ? Coordinates.HALF_PIXEL
                : alignsCorners ? Coordinates.ALIGN_CORNERS : Coordinates.ASYMMETRIC;
        return new BilinearResize(name, pixels[0], pixels[1], coordinates);
    }

    /// A local response normalization. In the file, alpha is not divided by the number of channels.
    static LocalResponseNorm responseNorm(TfliteOperator op, String name) {
        if (!(op.options() instanceof TfliteOptions.Normalizing(int radius, float bias, float alpha, float beta))
                || radius < 0
                || radius > Short.MAX_VALUE) {
            throw op.odd("it does not say which channels it normalizes");
        }
        int size = 2 * radius + 1;
        return new LocalResponseNorm(name, size, (double) alpha * size, beta, bias);
    }
}
