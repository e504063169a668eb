package org.mobilenet4j.image;

/// A rectangle of an image.
///
/// @param top first row
/// @param left first column
/// @param height rows, at least 1
/// @param width columns, at least 1
public record Crop(int top, int left, int height, int width) {
    public Crop {
        if (top < 0 || left < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException("a crop needs rows and columns inside the image, not " + height + "x"
                    + width + " from " + top + "," + left + " on");
        }
    }

    /// The whole of `image`.
    public static Crop whole(Image image) {
        return new Crop(0, 0, image.height(), image.width());
    }

    /// The center of `image`, exactly as TensorFlow's `central_crop`: a side of `n` pixels loses
    /// `floor((n - n * fraction) / 2)` at each end, computed in double precision.
    public static Crop central(Image image, double fraction) {
        return central(image.height(), image.width(), fraction);
    }

    /// What a network sees of `image`. It may go beyond the image, where [Preprocessing#padsToSquare] adds black rows
    /// or
    /// columns.
    public static Crop seen(Image image, Preprocessing preprocessing) {
        int side = Math.max(image.height(), image.width());
        return preprocessing.padsToSquare()
                ? central(side, side, preprocessing.crop())
                : central(image, preprocessing.crop());
    }

    private static Crop central(int height, int width, double fraction) {
        int top = margin(height, fraction);
        int left = margin(width, fraction);
        return new Crop(top, left, height - 2 * top, width - 2 * left);
    }

    private static int margin(int side, double fraction) {
        // A fraction near 0 would leave nothing of a side of even length.
        return Math.min((int) ((side - side * fraction) / 2), (side - 1) / 2);
    }
}
