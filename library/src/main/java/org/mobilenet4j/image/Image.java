package org.mobilenet4j.image;

import java.awt.image.BufferedImage;
import java.util.Objects;

/// A decoded photo: 8-bit RGB, upright, row by row.
public final class Image {
    private final int height;
    private final int width;
    private final byte[] rgb;

    /// An image over `rgb`, which it takes over without a copy: do not write to it any more.
    ///
    /// @param height rows
    /// @param width columns
    /// @param rgb `height * width * 3` values, red first
    public Image(int height, int width, byte[] rgb) {
        if (height < 1 || width < 1 || (long) height * width * 3 != rgb.length) {
            throw new IllegalArgumentException(
                    "an image of " + width + "x" + height + " does not have " + rgb.length + " bytes");
        }
        this.height = height;
        this.width = width;
        this.rgb = rgb;
    }

    /// The pixels of `photo` as they are stored, over white where it is transparent. Samples of another depth are
    /// scaled to 8 bits; gray becomes three equal channels.
    public static Image of(BufferedImage photo) {
        return Rasters.of(Objects.requireNonNull(photo, "photo"));
    }

    /// Rows.
    public int height() {
        return height;
    }

    /// Columns.
    public int width() {
        return width;
    }

    /// The value from 0 to 255 of channel 0 (red), 1 (green) or 2 (blue).
    public int at(int y, int x, int channel) {
        return rgb[(y * width + x) * 3 + channel] & 0xff;
    }

    /// The array itself, for this package, which only reads it.
    byte[] rgb() {
        return rgb;
    }

    /// Its width and height.
    @Override
    public String toString() {
        return "Image[" + width + "x" + height + "]";
    }
}
