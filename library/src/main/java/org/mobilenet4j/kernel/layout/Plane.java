package org.mobilenet4j.kernel.layout;

import org.mobilenet4j.tensor.Shape;

/// Where one feature map lies in an array of floats: pixel `(y, x)` starts at `offset + y * rowStride + x *
/// pixelStride`.
///
/// The strides leave room for what readers need: zero padding around the feature map (written by the plan, see
/// [org.mobilenet4j.kernel.plain.ZeroPadding]), pixels of whole vectors, rows that do not fall on the same cache sets.
///
/// @param offset of channel 0 of pixel (0, 0)
/// @param shape rows, columns, channels
/// @param rowStride floats from one row to the next
/// @param pixelStride floats from one pixel to the next, at least the number of channels
/// @param room floats from the start of a pixel that a kernel may overwrite: the channels, and possibly a gap
///     after them
public record Plane(int offset, Shape shape, int rowStride, int pixelStride, int room) {
    public Plane {
        if (room < shape.channels() || pixelStride < room || rowStride < pixelStride * shape.width()) {
            throw new IllegalArgumentException(
                    "a feature map of " + shape + " does not fit strides of " + rowStride + " and " + pixelStride);
        }
    }

    /// A plane in which only the channels may be written.
    public Plane(int offset, Shape shape, int rowStride, int pixelStride) {
        this(offset, shape, rowStride, pixelStride, shape.channels());
    }

    /// A plane without gaps.
    public static Plane dense(int offset, Shape shape) {
        return new Plane(offset, shape, shape.width() * shape.channels(), shape.channels());
    }

    /// Where pixel `(y, x)` starts; it may lie in the zero padding.
    public int at(int y, int x) {
        return offset + y * rowStride + x * pixelStride;
    }

    /// The `channels` channels from `first` on, as a plane of their own in the same memory.
    public Plane slice(int first, int channels) {
        if (first < 0 || first + channels > shape.channels()) {
            throw new IllegalArgumentException(shape + " has no channels " + first + " to " + (first + channels));
        }
        return new Plane(offset + first, shape.withChannels(channels), rowStride, pixelStride);
    }

    /// Whether the values are contiguous.
    public boolean isDense() {
        return pixelStride == shape.channels() && rowStride == shape.width() * pixelStride;
    }
}
