package org.mobilenet4j.formats.tflite.read;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.BilinearResize.Coordinates;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Layers that are an operator of a TFLite file and its constants, and nothing else.
final class TfliteLayers {
    private TfliteLayers() {}

    /// The rows and columns that a pad operator adds.
    ///
    /// @param amounts its second input
    static Padding.Explicit padding(TfliteOperator op, TfliteTensor amounts) {
        var pads = amounts.integers();
        if (!amounts.dims().equals(List.of(4, 2)) || (pads[0] | pads[1] | pads[6] | pads[7]) != 0) {
            throw op.odd("it pads " + Arrays.toString(pads) + "; rows and columns around are read");
        }
        return new Padding.Explicit(pads[2], pads[3], pads[4], pads[5]);
    }

    /// Whether what a pad operator puts around `map` stands for zero.
    static boolean isZero(TfliteTensor value, TfliteTensor map) {
        return value.number() == (map.isQuantizedMap() ? map.stored().zeroPoint() : 0);
    }

    /// Whether what a pad operator puts around `map` is never larger than anything in it.
    static boolean isLeast(TfliteTensor value, TfliteTensor map) {
        return value.number() <= (map.isQuantizedMap() ? map.stored().type().least() : -Float.MAX_VALUE);
    }

    /// Checks that a mean is one over rows and columns.
    ///
    /// @param axes its second input
    /// @param rank dimensions of what it reads
    static void checkMean(TfliteOperator op, TfliteTensor axes, int rank) {
        var sorted = Arrays.stream(axes.integers())
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        if (rank != 4 || !Arrays.equals(sorted, new int[] {1, 2})) {
            throw op.odd("it takes the mean over the axes " + Arrays.toString(sorted) + " of " + rank
                    + "; rows and columns of a feature map, 1 and 2 of 4, are read");
        }
    }

    /// The shape of joined maps.
    ///
    /// @param rank dimensions of the result in the file
    static Shape joined(TfliteOperator op, Parallel.Join join, List<Shape> shapes, int rank) {
        var first = shapes.getFirst();
        if (join == Parallel.Join.CONCATENATE) {
            int axis = op.options() instanceof TfliteOptions.Joining(var _, int given) ? given : 0;
            if (axis != -1 && axis != rank - 1) {
                throw op.odd("it joins along axis " + axis + "; channels, the last one, are read");
            }
            return first.withChannels(BadValueException.toInt(
                    shapes.stream().mapToLong(Shape::channels).sum()));
        }
        if (shapes.stream().anyMatch(shape -> !shape.equals(first))) {
            throw op.odd("it adds or multiplies maps of different shapes; equal ones are read");
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
                    + ", or it aligns both corners and pixels; rows, columns and one of both are read");
        }
        var coordinates = halfPixels
                ? Coordinates.HALF_PIXEL
                : alignsCorners ? Coordinates.ALIGN_CORNERS : Coordinates.ASYMMETRIC;
        return new BilinearResize(name, pixels[0], pixels[1], coordinates);
    }

    /// A local response normalization, whose alpha is not divided by the number of channels in the file.
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
