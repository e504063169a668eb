package org.mobilenet4j.infer;

import org.mobilenet4j.kernel.Border;
import org.mobilenet4j.kernel.Plane;
import org.mobilenet4j.tensor.Shape;

/// How a map is spread over memory: its strides, and the zeros that its readers want around it.
///
/// @param shape rows, columns, channels
/// @param top rows of zeros above, and so on
record Layout(Shape shape, int top, int bottom, int left, int right) {
    /// Floats in a cache line, and in the widest vector.
    private static final int LINE = 16;

    /// Channels of a photo, at most.
    private static final int PHOTO = 4;

    /// Strides that are a multiple of this many floats fall on few cache sets.
    private static final int CONFLICT = 256;

    static Layout of(Shape shape) {
        return new Layout(shape, 0, 0, 0, 0);
    }

    /// With room for what `other` wants around the map too.
    Layout union(Layout other) {
        return new Layout(
                shape,
                Math.max(top, other.top),
                Math.max(bottom, other.bottom),
                Math.max(left, other.left),
                Math.max(right, other.right));
    }

    boolean hasBorder() {
        return top + bottom + left + right > 0;
    }

    /// A photo's channels lie side by side; more are rounded up to whole lines, so that whole vectors can be
    /// stored, with one line more where pixels would otherwise fall on the same cache sets.
    int pixelStride() {
        int channels = shape.channels();
        if (channels <= PHOTO || shape.pixels() == 1) {
            return channels;
        }
        int rounded = Math.ceilDiv(channels, LINE) * LINE;
        return rounded % CONFLICT == 0 ? rounded + LINE : rounded;
    }

    private int rowStride() {
        int row = (left + shape.width() + right) * pixelStride();
        return shape.height() == 1 && !hasBorder() ? row : Math.ceilDiv(row, LINE) * LINE;
    }

    /// Floats before pixel (0, 0), in whole lines.
    private int lead() {
        return Math.ceilDiv(top * rowStride() + left * pixelStride(), LINE) * LINE;
    }

    /// Floats in all, in whole lines.
    long size() {
        long rows = (long) shape.height() + bottom;
        return Math.ceilDiv(lead() + rows * rowStride(), LINE) * LINE;
    }

    /// The map when its memory starts at `start`.
    Plane at(int start) {
        return new Plane(start + lead(), shape, rowStride(), pixelStride(), pixelStride());
    }

    /// What writes the zeros when the memory starts at `start`.
    Border border(int start) {
        return new Border(at(start), top, bottom, left, right);
    }
}
