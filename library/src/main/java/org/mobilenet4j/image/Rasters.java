package org.mobilenet4j.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/// Converts decoded rasters to 8-bit RGB from samples rather than colors: Java's color conversion would brighten gray,
/// which it takes for linear light.
final class Rasters {
    private Rasters() {}

    /// `decoded` as RGB, over white where it is transparent. Samples of another depth are scaled so that the
    /// largest becomes 255, rounded to nearest.
    static Image overWhite(BufferedImage decoded) {
        int height = decoded.getHeight();
        int width = decoded.getWidth();
        var raster = decoded.getRaster();
        int bands = raster.getNumBands();
        var palette = decoded.getColorModel() instanceof IndexColorModel colors ? colors : null;
        var rgb = new byte[height * width * 3];
        var row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            if (palette != null) {
                lookUp(palette, row, rgb, y * width * 3);
            } else {
                convert(row, raster.getSampleModel().getSampleSize(), rgb, y * width * 3);
            }
        }
        return new Image(height, width, rgb);
    }

    /// `photo`, from whatever program, as RGB over white.
    static Image of(BufferedImage photo) {
        return overWhite(isPlain(photo) ? photo : redrawn(photo));
    }

    /// Whether the samples are those that [#overWhite] knows: a palette, gray or RGB, red first, alpha apart.
    private static boolean isPlain(BufferedImage photo) {
        var model = photo.getColorModel();
        if (model instanceof IndexColorModel) {
            return true;
        }
        int space = model.getColorSpace().getType();
        return model instanceof ComponentColorModel
                && !model.isAlphaPremultiplied()
                && model.getTransferType() <= DataBuffer.TYPE_USHORT
                && (space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY);
    }

    private static BufferedImage redrawn(BufferedImage photo) {
        var copy = new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_4BYTE_ABGR);
        var colors = new int[photo.getWidth()];
        for (int y = 0; y < photo.getHeight(); y++) {
            photo.getRGB(0, y, photo.getWidth(), 1, colors, 0, photo.getWidth());
            copy.setRGB(0, y, photo.getWidth(), 1, colors, 0, photo.getWidth());
        }
        return copy;
    }

    /// `frame` on a white canvas, its top left corner at row `top` and column `left`.
    static Image onCanvas(Image frame, int height, int width, int top, int left) {
        if (frame.height() == height && frame.width() == width) {
            return frame;
        }
        var rgb = new byte[height * width * 3];
        Arrays.fill(rgb, (byte) 255);
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(
                    frame.rgb(), y * frame.width() * 3, rgb, ((top + y) * width + left) * 3, frame.width() * 3);
        }
        return new Image(height, width, rgb);
    }

    private static void lookUp(IndexColorModel palette, int[] row, byte[] rgb, int at) {
        for (int index : row) {
            int argb = palette.getRGB(index);
            int alpha = argb >>> 24;
            rgb[at++] = blend((argb >> 16) & 0xff, alpha);
            rgb[at++] = blend((argb >> 8) & 0xff, alpha);
            rgb[at++] = blend(argb & 0xff, alpha);
        }
    }

    /// Composes gray, gray and alpha, RGB, or RGB and alpha pixels with samples of `sizes` bits.
    private static void convert(int[] row, int[] sizes, byte[] rgb, int start) {
        int bands = sizes.length;
        boolean gray = bands < 3;
        boolean transparent = bands % 2 == 0;
        int at = start;
        for (int from = 0; from < row.length; from += bands) {
            int alpha = transparent ? scale(row[from + bands - 1], sizes[bands - 1]) : 255;
            for (int c = 0; c < 3; c++) {
                int band = gray ? 0 : c;
                rgb[at++] = blend(scale(row[from + band], sizes[band]), alpha);
            }
        }
    }

    private static int scale(int sample, int bits) {
        if (bits == 8) {
            return sample;
        }
        int largest = (1 << bits) - 1;
        return (int) ((sample * 255L + largest / 2) / largest);
    }

    private static byte blend(int value, int alpha) {
        return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}
