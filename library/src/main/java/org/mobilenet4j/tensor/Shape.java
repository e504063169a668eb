package org.mobilenet4j.tensor;

import org.mobilenet4j.error.BadValueException;
/// The shape of one image's feature map: rows, columns, channels, in that order (NHWC without the batch).
///
/// A vector, such as a dense layer's output, is `1x1xC`.
///
/// @param height rows, at least 1
/// @param width columns, at least 1
/// @param channels values per pixel, at least 1

public record Shape(int height, int width, int channels) {
    /// The most values that one feature map may hold: it fits a Java array, with room for zero padding.
    public static final long MAX_ELEMENTS = 1L << 30;

    public Shape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new BadValueException("a shape needs positive sizes, not " + height + "x" + width + "x" + channels);
        }
        // The first product cannot overflow a long, and is itself bounded before the second is taken.
        if ((long) height * width > MAX_ELEMENTS || (long) height * width * channels > MAX_ELEMENTS) {
            throw new BadValueException("a feature map of " + height + "x" + width + "x" + channels
                    + " values is larger than the limit of " + MAX_ELEMENTS);
        }
    }

    /// A vector of `channels` values.
    public static Shape vector(int channels) {
        return new Shape(1, 1, channels);
    }

    /// The number of pixels, `height * width`.
    public int pixels() {
        return height * width;
    }

    /// The number of values, `height * width * channels`.
    public int elements() {
        return height * width * channels;
    }

    /// This shape with another number of channels.
    public Shape withChannels(int newChannels) {
        return new Shape(height, width, newChannels);
    }

    /// `224x224x3`.
    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
