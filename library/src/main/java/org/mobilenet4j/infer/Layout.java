package org.mobilenet4j.infer;

import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.tensor.Shape;

/// How a feature map is laid out in memory: its strides, and the zero padding that its readers need.
///
/// @param shape rows, columns, channels
/// @param line places that rows and maps begin at multiples of: a cache line's
/// @param top rows of zero padding above; likewise for the other sides
record Layout(Shape shape, int line, int top, int bottom, int left, int right) {
    /// The most channels that a photo has.
    private static final int PHOTO = 4;

    static Layout of(Shape shape, int line) {
        return new Layout(shape, line, 0, 0, 0, 0);
    }

    /// With room for the zero padding that `other` needs, too.
    Layout union(Layout other) {
        return new Layout(
                shape,
                line,
                Math.max(top, other.top),
                Math.max(bottom, other.bottom),
                Math.max(left, other.left),
                Math.max(right, other.right));
    }

    boolean hasBorder() {
        return top + bottom + left + right > 0;
    }

    /// A photo's channels lie side by side; more channels are rounded up to cache lines of floats, so that whole
    /// vectors can be stored, plus one line where pixels would otherwise fall on the same cache sets.
    int pixelStride() {
        int channels = shape.channels();
        if (channels <= PHOTO || shape.pixels() == 1) {
            return channels;
        }
        int rounded = Math.ceilDiv(channels, Tuning.LINE) * Tuning.LINE;
        return rounded % Tuning.ALIASING == 0 ? rounded + line : rounded;
    }

    private int rowStride() {
        int row = (left + shape.width() + right) * pixelStride();
        return shape.height() == 1 && !hasBorder() ? row : Math.ceilDiv(row, line) * line;
    }

    /// Places before pixel (0, 0), in whole cache lines.
    private int lead() {
        return Math.ceilDiv(top * rowStride() + left * pixelStride(), line) * line;
    }

    /// Places in all, in whole cache lines.
    long size() {
        long rows = (long) shape.height() + bottom;
        return Math.ceilDiv(lead() + rows * rowStride(), line) * line;
    }

    /// The feature map's plane if its memory starts at `start`.
    Plane at(int start) {
        return new Plane(start + lead(), shape, rowStride(), pixelStride(), pixelStride());
    }

    /// The kernel that writes the zero padding if the memory starts at `start`.
    ///
    /// @param zeroPoint the byte that stands for zero, where places are bytes
    ZeroPadding border(int start, int zeroPoint) {
        return new ZeroPadding(at(start), top, bottom, left, right, zeroPoint);
    }
}
