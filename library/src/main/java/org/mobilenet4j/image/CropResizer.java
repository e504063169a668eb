package org.mobilenet4j.image;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Resizes any part of a photo, straight from its pixels, mirrored and shifted as augmentation requires. Not
/// thread-safe: it has scratch memory.
public final class CropResizer {
    private final int height;
    private final int width;
    private final Resampler resampler;
    private final float[] row;

    /// @param resize how the crop is resized to the network's input
    /// @param size shape of that input; the channels are ignored
    public CropResizer(Resize resize, Shape size) {
        this.height = size.height();
        this.width = size.width();
        this.resampler = Resampler.of(resize, height, width);
        this.row = new float[width * 3];
    }

    /// Writes the resized crop, RGB pixels in [0, 1], row by row, to `3 * height * width` values of
    /// `target` from `offset` on.
    ///
    /// @param crop the part to resize, inside `image`
    /// @param mirrored whether the result is flipped horizontally
    /// @param down rows by which the result is shifted down, or up if negative; the gap is filled by repeating the
    /// edge
    /// @param right columns by which it is shifted right, after the flip, or left if negative
    /// @throws IllegalArgumentException when the crop does not lie inside the image
    public void apply(Image image, Crop crop, boolean mirrored, int down, int right, float[] target, int offset) {
        if (crop.height() > image.height() - crop.top() || crop.width() > image.width() - crop.left()) {
            throw new BadValueException(
                    crop + " does not lie inside an image of " + image.width() + "x" + image.height());
        }
        resampler.prepare(crop);
        int values = 3 * width;
        int last = -1;
        for (int y = 0; y < height; y++) {
            int at = offset + y * values;
            int source = Math.clamp(y - down, 0, height - 1);
            if (source == last) {
                System.arraycopy(target, at - values, target, at, values);
                continue;
            }
            last = source;
            resampler.row(image, crop, source, row);
            put(mirrored, right, target, at);
        }
    }

    private void put(boolean mirrored, int right, float[] target, int offset) {
        if (!mirrored && right == 0) {
            System.arraycopy(row, 0, target, offset, row.length);
            return;
        }
        int at = offset;
        for (int x = 0; x < width; x++, at += 3) {
            int column = Math.clamp(x - right, 0, width - 1);
            int from = 3 * (mirrored ? width - 1 - column : column);
            target[at] = row[from];
            target[at + 1] = row[from + 1];
            target[at + 2] = row[from + 2];
        }
    }

    /// Such as `CropResizer[to 128x128]`.
    @Override
    public String toString() {
        return "CropResizer[to " + height + "x" + width + "]";
    }
}
