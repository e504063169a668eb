package org.mobilenet4j.infer;

import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.tensor.Shape;

/// How a map is spread over memory: its strides, and the zeros that its readers want around it.
///
/// @param shape rows, columns, channels
/// @param top rows of zeros above, and so on
record Layout(Shape shape, int top, int bottom, int left, int right) {
    /// Channels of a photo, at most.
    private static final int PHOTO = 4;

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
        int rounded = Math.ceilDiv(channels, Tuning.LINE) * Tuning.LINE;
        return rounded % Tuning.ALIASING == 0 ? rounded + Tuning.LINE : rounded;
    }

    private int rowStride() {
        int row = (left + shape.width() + right) * pixelStride();
        return shape.height() == 1 && !hasBorder() ? row : Math.ceilDiv(row, Tuning.LINE) * Tuning.LINE;
    }

    /// Floats before pixel (0, 0), in whole lines.
    private int lead() {
        return Math.ceilDiv(top * rowStride() + left * pixelStride(), Tuning.LINE) * Tuning.LINE;
    }

    /// Floats in all, in whole lines.
    long size() {
        long rows = (long) shape.height() + bottom;
        return Math.ceilDiv(lead() + rows * rowStride(), Tuning.LINE) * Tuning.LINE;
    }

    /// The map when its memory starts at `start`.
    Plane at(int start) {
        return new Plane(start + lead(), shape, rowStride(), pixelStride(), pixelStride());
    }

    /// What writes the zeros when the memory starts at `start`.
    ZeroPadding border(int start) {
        return new ZeroPadding(at(start), top, bottom, left, right);
    }
}
