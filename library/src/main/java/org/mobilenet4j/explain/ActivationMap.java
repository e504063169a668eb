package org.mobilenet4j.explain;

import java.util.Arrays;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Crop;

/// How much each part of a photo speaks for a class, above 0, or against it, below 0: a value for each pixel of the
/// network's last feature map.
public final class ActivationMap {
    private final int height;
    private final int width;
    private final float[] values;
    private final Crop seen;

    /// @param height rows
    /// @param width columns
    /// @param values row by row; copied
    /// @param seen the part of the photo that the network saw, which the map covers
    public ActivationMap(int height, int width, float[] values, Crop seen) {
        if (height < 1 || width < 1 || Objects.requireNonNull(values, "values").length != (long) height * width) {
            throw new BadValueException(
                    "a map of " + height + " x " + width + " does not have " + values.length + " values");
        }
        this.height = height;
        this.width = width;
        this.values = values.clone();
        this.seen = Objects.requireNonNull(seen, "seen");
    }

    /// Rows.
    public int height() {
        return height;
    }

    /// Columns.
    public int width() {
        return width;
    }

    /// A copy of the values, row by row.
    public float[] values() {
        return values.clone();
    }

    /// The part of the photo that the network saw, in pixels of the upright photo. It goes beyond the photo where a
    /// model pads photos to squares.
    public Crop seen() {
        return seen;
    }

    /// The mean of the values. Where the network ends in global average pooling and one linear layer, this is the
    /// class's logit without its bias.
    public double mean() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// A place in the upright photo, in pixels from its upper left corner.
    ///
    /// @param y down
    /// @param x to the right
    public record Place(double y, double x) {}

    /// The center of the pixel with the greatest value, the first of several.
    public Place peak() {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        int row = best / width;
        int column = best % width;
        return new Place(
                seen.top() + (row + 0.5) * seen.height() / height, seen.left() + (column + 0.5) * seen.width() / width);
    }

    /// The value at a place in the photo, interpolated between the centers of the map's pixels; beyond them, that of
    /// the nearest.
    ///
    /// @param y down, in pixels of the photo
    /// @param x to the right
    public double at(double y, double x) {
        double row = Math.clamp((y - seen.top()) * height / seen.height() - 0.5, 0, height - 1);
        double column = Math.clamp((x - seen.left()) * width / seen.width() - 0.5, 0, width - 1);
        int top = (int) row;
        int left = (int) column;
        int bottom = Math.min(top + 1, height - 1);
        int right = Math.min(left + 1, width - 1);
        double down = row - top;
        double across = column - left;
        return (1 - down) * ((1 - across) * value(top, left) + across * value(top, right))
                + down * ((1 - across) * value(bottom, left) + across * value(bottom, right));
    }

    private float value(int row, int column) {
        return values[row * width + column];
    }

    /// The same in another size, interpolated.
    ///
    /// @param newHeight rows
    /// @param newWidth columns
    public ActivationMap resizedTo(int newHeight, int newWidth) {
        if (newHeight < 1 || newWidth < 1) {
            throw new BadValueException("a map needs rows and columns, not " + newHeight + " x " + newWidth);
        }
        var resized = new float[Math.multiplyExact(newHeight, newWidth)];
        for (int row = 0; row < newHeight; row++) {
            double y = seen.top() + (row + 0.5) * seen.height() / newHeight;
            for (int column = 0; column < newWidth; column++) {
                double x = seen.left() + (column + 0.5) * seen.width() / newWidth;
                resized[row * newWidth + column] = (float) at(y, x);
            }
        }
        return new ActivationMap(newHeight, newWidth, resized, seen);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActivationMap that
                && height == that.height
                && width == that.width
                && Arrays.equals(values, that.values)
                && seen.equals(that.seen);
    }

    @Override
    public int hashCode() {
        return Objects.hash(height, width, Arrays.hashCode(values), seen);
    }

    /// Its size, such as `ActivationMap[7 x 7]`.
    @Override
    public String toString() {
        return "ActivationMap[" + height + " x " + width + "]";
    }
}
