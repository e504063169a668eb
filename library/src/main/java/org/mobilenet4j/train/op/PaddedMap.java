package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// Rows of a feature map in working memory, with zero padding as far as a window reaches.
///
/// @param shape of the feature map without padding
/// @param pixelStride floats from one pixel to the next
/// @param top rows of zeros above
/// @param left columns of zeros before
/// @param height rows in all
/// @param width columns in all
record PaddedMap(Shape shape, int pixelStride, int top, int left, int height, int width) {
    /// For a window that slides over `shape`.
    static PaddedMap of(Shape shape, Window window, int pixelStride) {
        return new PaddedMap(
                shape,
                pixelStride,
                window.top(shape),
                window.left(shape),
                shape.height() + window.top(shape) + window.bottom(shape),
                shape.width() + window.left(shape) + window.right(shape));
    }

    int rowStride() {
        return width * pixelStride;
    }

    /// Copies rows `from` to `to`, counted with the padding, of an image whose pixels start at `pixel`.
    void read(View view, int pixel, int from, int to, float[] scratch, int at) {
        for (int row = from; row < to; row++) {
            int start = at + (row - from) * rowStride();
            int end = start + rowStride();
            if (row < top || row >= top + shape.height()) {
                Arrays.fill(scratch, start, end, 0f);
                continue;
            }
            int inside = start + left * pixelStride;
            Arrays.fill(scratch, start, inside, 0f);
            view.read(pixel + (row - top) * shape.width(), shape.width(), scratch, inside, pixelStride);
            Arrays.fill(scratch, inside + shape.width() * pixelStride, end, 0f);
        }
    }
}
