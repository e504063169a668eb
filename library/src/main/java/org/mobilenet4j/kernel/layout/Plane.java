package org.mobilenet4j.kernel.layout;

import org.mobilenet4j.tensor.Shape;

/// Where one feature map lies in a memory of floats: pixel `(y, x)` starts at `offset + y * rowStride + x *
/// pixelStride`.
///
/// The strides leave room for what the readers need: zeros around the map (the border belongs to the plan, see
/// [org.mobilenet4j.kernel.plain.ZeroPadding]), whole vectors a pixel, rows that do not fall on the same cache sets.
///
/// @param offset of channel 0 of pixel (0, 0)
/// @param shape rows, columns, channels
/// @param rowStride floats from one row to the next
/// @param pixelStride floats from one pixel to the next, at least the number of channels
/// @param room floats from the start of a pixel on that a kernel may overwrite: the channels, and maybe a gap after
/// them
public record Plane(int offset, Shape shape, int rowStride, int pixelStride, int room) {
    public Plane {
        if (room < shape.channels() || pixelStride < room || rowStride < pixelStride * shape.width()) {
            throw new IllegalArgumentException(
                    "a map of " + shape + " does not fit strides of " + rowStride + " and " + pixelStride);
        }
    }

    /// A map of which nothing but the channels may be written.
    public Plane(int offset, Shape shape, int rowStride, int pixelStride) {
        this(offset, shape, rowStride, pixelStride, shape.channels());
    }

    /// A map without any gap.
    public static Plane dense(int offset, Shape shape) {
        return new Plane(offset, shape, shape.width() * shape.channels(), shape.channels());
    }

    /// Where pixel `(y, x)` starts; it may lie in the border.
    public int at(int y, int x) {
        return offset + y * rowStride + x * pixelStride;
    }

    /// The `channels` channels from `first` on, as a plane of their own in the same place.
    public Plane slice(int first, int channels) {
        if (first < 0 || first + channels > shape.channels()) {
            throw new IllegalArgumentException(shape + " has no channels " + first + " to " + (first + channels));
        }
        return new Plane(offset + first, shape.withChannels(channels), rowStride, pixelStride);
    }

    /// Whether the map's values lie side by side.
    public boolean isDense() {
        return pixelStride == shape.channels() && rowStride == shape.width() * pixelStride;
    }
}
