package org.mobilenet4j.image;

import java.awt.image.BufferedImage;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// A decoded photo: 8-bit RGB, upright, row by row.
public final class Image {
    /// Pixels of a padded image that are always possible, and how many times its own pixels a larger one may have.
    private static final long MOST_PADDED = 1 << 24;

    private static final long MOST_TIMES = 3;

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

    /// A square, with black rows below this image or black columns at its right; itself if it is square.
    ///
    /// @throws BadValueException if it is so long that the square would be far larger than itself
    Image padded() {
        int side = Math.max(height, width);
        if (height == width) {
            return this;
        }
        long pixels = (long) side * side;
        if (pixels > MOST_PADDED && pixels > MOST_TIMES * height * width) {
            throw new BadValueException(
                    "the photo is " + width + "x" + height + ", too long to be padded to a square; cut it in pieces");
        }
        var square = new byte[Math.toIntExact(pixels * 3)];
        for (int y = 0; y < height; y++) {
            System.arraycopy(rgb, y * width * 3, square, y * side * 3, width * 3);
        }
        return new Image(side, side, square);
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
