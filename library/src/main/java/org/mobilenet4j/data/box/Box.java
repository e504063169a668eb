package org.mobilenet4j.data.box;

import java.util.Locale;

/// A rectangle of a photo; in shares of its sides, or in pixels.
///
/// @param y0 upper edge
/// @param x0 left edge
/// @param y1 lower edge
/// @param x1 right edge
public record Box(float y0, float x0, float y1, float x1) {
    /// The area; 0 if it has none.
    public float area() {
        return Math.max(y1 - y0, 0) * Math.max(x1 - x0, 0);
    }

    /// The area of the intersection of this and `other` as a share of that of their union; 0 if either is empty.
    public float overlap(Box other) {
        float height = Math.min(y1, other.y1) - Math.max(y0, other.y0);
        float width = Math.min(x1, other.x1) - Math.max(x0, other.x0);
        if (!(height > 0 && width > 0 && area() > 0 && other.area() > 0)) {
            return 0;
        }
        float shared = height * width;
        return shared / (area() + other.area() - shared);
    }

    /// This box, in shares of a rectangle's sides, in the pixels of the photo that the rectangle is part of.
    ///
    /// @param top upper edge of the rectangle
    /// @param left its left edge
    public Box inPixels(float top, float left, float height, float width) {
        return new Box(top + y0 * height, left + x0 * width, top + y1 * height, left + x1 * width);
    }

    /// What of it lies in `0, 0, height, width`.
    public Box clipped(float height, float width) {
        return new Box(
                Math.clamp(y0, 0, height),
                Math.clamp(x0, 0, width),
                Math.clamp(y1, 0, height),
                Math.clamp(x1, 0, width));
    }

    /// Such as `[97.9, 27.5, 444.9, 623.1]`: upper, left, lower, right edge.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "[%.1f, %.1f, %.1f, %.1f]", y0, x0, y1, x1);
    }
}
